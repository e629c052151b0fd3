import type Stripe from 'stripe'
import type { Clock } from '../clock.ts'
import type { MailWorld } from '../mail/emulator.ts'

/** What the pages of the outside world read and act through. */
export type World = {
  mail: MailWorld
  clock: Clock
  /** The official client, talking to the emulator over HTTP like everybody else. */
  stripe: Stripe
  /** Calls the emulators' own control API; throws a `ControlError` with its sentence when it refuses. */
  control<T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<T>
  deskUrl: string | undefined
  supportAddress: string
}

/** What an action answers the page: words for a person, and where to go next. */
export type Done = { ok: boolean; message: string; goto?: string }

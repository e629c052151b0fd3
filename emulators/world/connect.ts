import { ControlError } from '../control-error.ts'
import { stripeClient } from './stripe-client.ts'
import type { World } from './world.ts'

type Options = Omit<World, 'stripe' | 'control'> & {
  /** The address of the emulators themselves, known once they listen. */
  url: () => string
}

/** Lets the pages speak to the emulators as everybody else does: over HTTP. */
export function connectWorld({ url, ...rest }: Options): World {
  return {
    ...rest,
    stripe: stripeClient(() => `${url()}/stripe`),
    async control<T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<T> {
      const json = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
      const response = await fetch(`${url()}/control${path}`, { method, ...(body === undefined ? {} : json) })
      const answer = (await response.json()) as { error?: { code?: string; message?: string } }
      if (response.ok) return answer as T
      const message = answer.error?.message ?? `The emulators answered ${response.status}.`
      throw new ControlError(response.status, answer.error?.code ?? 'failed', message)
    },
  }
}

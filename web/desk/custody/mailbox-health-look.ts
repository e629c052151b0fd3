import {
  IconAlertTriangle,
  IconCircleCheck,
  IconClockExclamation,
  type Icon,
  IconMailDown,
  IconPlayerPause,
  IconPlugConnected,
  IconPlugConnectedX,
  IconPower,
  IconRefresh,
} from '@tabler/icons-react'
import { getMailboxHealth, type MailboxHealth } from '#contract/feeds.ts'
import { read } from '../api.ts'
import type { Tone } from '../tokens.ts'

/** Refetched on its own too: a mailbox that nobody reads says nothing. */
export const mailboxHealthQuery = {
  ...read(getMailboxHealth, {}, ['feed', 'mailbox', 'custody']),
  refetchInterval: 30_000,
}

type State = MailboxHealth['state']

/** What wants somebody's eye first. */
const urgency: State[] = ['failing', 'drift', 'late', 'paused', 'starting', 'catching_up', 'off', 'smtp', 'ok']

export const healthLook: Record<State, { tone: Tone; icon: Icon }> = {
  failing: { tone: 'danger', icon: IconPlugConnectedX },
  drift: { tone: 'danger', icon: IconAlertTriangle },
  late: { tone: 'warn', icon: IconClockExclamation },
  paused: { tone: 'warn', icon: IconPlayerPause },
  starting: { tone: 'neutral', icon: IconPlugConnected },
  catching_up: { tone: 'accent', icon: IconRefresh },
  off: { tone: 'neutral', icon: IconPower },
  smtp: { tone: 'neutral', icon: IconMailDown },
  ok: { tone: 'done', icon: IconCircleCheck },
}

export function byUrgency(mailboxes: readonly MailboxHealth[]): MailboxHealth[] {
  return mailboxes.toSorted((a, b) => urgency.indexOf(a.state) - urgency.indexOf(b.state))
}

import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import type { Store } from '../store.ts'

/** The moments of an SMTP conversation at which the world can misbehave. */
export type Moment = 'connect' | 'recipient' | 'message'

const moments = {
  refuse_recipient: 'recipient',
  greylist: 'recipient',
  rate_limit: 'recipient',
  refuse_connection: 'connect',
  hang_before_dot: 'recipient',
  hang_after_dot: 'message',
  drop_after_dot: 'message',
  refuse_message: 'message',
  slow: 'message',
  bounce: 'message',
} as const satisfies Record<string, Moment>

export type MailFaultKind = keyof typeof moments

export const mailFaultKinds = Object.keys(moments) as [MailFaultKind, ...MailFaultKind[]]

export const NewMailFault = z.strictObject({
  kind: z.enum(mailFaultKinds),
  /** An address, or `@domain` for everyone there. Without it the fault meets everybody. */
  match: z.strictObject({ recipient: z.string().min(1).max(320).optional() }).optional(),
  /** How many times it strikes before it is over; without it until it is removed (greylist: once). */
  times: z.int().min(1).max(100_000).optional(),
  /** Only for `slow`: how late the answer is. */
  delayMs: z.int().min(1).max(600_000).optional(),
})
export type NewMailFault = z.infer<typeof NewMailFault>

export type MailFault = {
  id: string
  kind: MailFaultKind
  recipient: string | null
  /** Strikes left; null = until removed. */
  left: number | null
  struck: number
  delayMs: number
}

export type MailFaults = {
  add(fault: NewMailFault): MailFault
  list(): MailFault[]
  remove(id: string): boolean
  clear(): void
  /** The first fault that meets this moment, counted as a strike. */
  take(moment: Moment, recipients: string[]): MailFault | undefined
}

export function createMailFaults(store: Store): MailFaults {
  const list = () => store.list<MailFault>('mail.fault')
  return {
    list,
    add({ kind, match, times, delayMs }) {
      const fault: MailFault = {
        id: `fault_${randomUUID().slice(0, 8)}`,
        kind,
        recipient: match?.recipient?.toLowerCase() ?? null,
        left: times ?? (kind === 'greylist' ? 1 : null),
        struck: 0,
        delayMs: delayMs ?? 3000,
      }
      store.put('mail.fault', fault.id, fault)
      return fault
    },
    remove(id) {
      const known = store.get('mail.fault', id) !== undefined
      store.remove('mail.fault', id)
      return known
    },
    clear: () => list().forEach((fault) => store.remove('mail.fault', fault.id)),
    take(moment, recipients) {
      const fault = list().find((one) => moments[one.kind] === moment && meets(one, recipients))
      if (!fault) return undefined
      const left = fault.left === null ? null : fault.left - 1
      if (left === 0) store.remove('mail.fault', fault.id)
      else store.put('mail.fault', fault.id, { ...fault, left, struck: fault.struck + 1 })
      return fault
    },
  }
}

/** Whether the fault is meant for any of these recipients; a connection has none yet, so only unmatched faults meet it. */
export function meets(fault: MailFault, recipients: string[]): boolean {
  const { recipient } = fault
  if (recipient === null) return true
  return recipients.some((address) => {
    const lower = address.toLowerCase()
    return lower === recipient || (recipient.startsWith('@') && lower.endsWith(recipient))
  })
}

import { useSyncExternalStore } from 'react'
import type { Id } from '#contract/ids.ts'

/** Ledger lines that a correction wrote. */
export const correctionTypes: ReadonlySet<string> = new Set([
  'ticket.split',
  'ticket.merged',
  'messages.moved',
  'ticket.sender_relinked',
])

export type Asked = 'split' | 'move' | 'merge' | 'sender'

/** What is being corrected on a ticket: messages being chosen, or a dialog that is open about them. */
export type Correcting = { ticketId: Id<'tkt'>; chosen: readonly Id<'msg'>[]; asked: Asked | null }

let now: Correcting | null = null
const listeners = new Set<() => void>()

export function setCorrecting(next: Correcting | null): void {
  now = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** What is being corrected on this ticket, if anything. */
export function useCorrecting(ticketId: Id<'tkt'>): Correcting | null {
  const correcting = useSyncExternalStore(subscribe, () => now)
  return correcting?.ticketId === ticketId ? correcting : null
}

import { useSyncExternalStore } from 'react'

/** What a new ticket begins with, as when it follows up a closed one. */
export type NewTicketStart = { email?: string; name?: string; subject?: string; teamId?: string }

let open: NewTicketStart | null = null
const listeners = new Set<() => void>()

function show(next: NewTicketStart | null): void {
  open = next
  for (const tell of listeners) tell()
}

export function openNewTicket(start: NewTicketStart = {}): void {
  show(start)
}

export function closeNewTicket(): void {
  show(null)
}

export function useNewTicket(): NewTicketStart | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => open,
  )
}

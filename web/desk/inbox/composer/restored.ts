import { useSyncExternalStore } from 'react'

const epochs = new Map<string, number>()
const listeners = new Set<() => void>()

/** Tells the composer of a ticket that its draft was replaced from outside: it begins anew with it. */
export function draftReplaced(ticketId: string): void {
  epochs.set(ticketId, (epochs.get(ticketId) ?? 0) + 1)
  for (const tell of listeners) tell()
}

export function useDraftEpoch(ticketId: string): number {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => epochs.get(ticketId) ?? 0,
  )
}

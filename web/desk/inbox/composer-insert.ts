import { useEffect, useRef } from 'react'

type Listener = (text: string) => void

const listeners = new Map<string, Listener>()
const waiting = new Map<string, string>()

/**
 * Puts text into the reply of a ticket, at the cursor. A composer that is not open yet gets it when it opens; no other ticket's
 * composer ever does, since the text names somebody's money.
 */
export function insertIntoComposer(ticketId: string, text: string): void {
  const tell = listeners.get(ticketId)
  if (tell) tell(text)
  else waiting.set(ticketId, text)
}

/** What the composer of a ticket listens with: `insert` is called once per text. */
export function useComposerInsert(ticketId: string, insert: Listener): void {
  const latest = useRef(insert)
  useEffect(() => {
    latest.current = insert
  })
  useEffect(() => {
    const tell: Listener = (text) => latest.current(text)
    listeners.set(ticketId, tell)
    const text = waiting.get(ticketId)
    waiting.delete(ticketId)
    if (text !== undefined) tell(text)
    return () => {
      if (listeners.get(ticketId) === tell) listeners.delete(ticketId)
    }
  }, [ticketId])
}

import { useSyncExternalStore } from 'react'

let said = ''
const listeners = new Set<() => void>()

/** Says something politely to people who do not see the screen change. */
export function announce(text: string): void {
  // The same words twice are heard twice only if the text differs.
  said = text === said ? `${text}\u00a0` : text
  for (const tell of listeners) tell()
}

/** Stands once in the frame. */
export function Announcer() {
  const text = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => said,
  )
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {text}
    </div>
  )
}

import { useSyncExternalStore } from 'react'

let offset = 0
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

/** Milliseconds since the epoch on the desk's clock, which the demo and the tests move. */
export function deskNow(): number {
  return Date.now() + offset
}

/** Follows the time the server says it is. */
export function followServer(serverNow: string): void {
  offset = Date.parse(serverNow) - Date.now()
  for (const tell of listeners) tell()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => listeners.forEach((tell) => tell()), 1000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/** The desk's time rounded down to `stepMs`; the component renders again only when that changes. One timer serves the page. */
export function useNow(stepMs = 10_000): number {
  return useSyncExternalStore(subscribe, () => Math.floor(deskNow() / stepMs) * stepMs)
}

import { useCallback, useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
const memory = new Map<string, string>()

/** A small setting of this browser, kept in local storage under `mainstay.<name>` and shared by all components that ask for it. */
export function useRemembered<T extends string | number | boolean>(name: string, initial: T): [T, (value: T) => void] {
  const key = `mainstay.${name}`
  const text = useSyncExternalStore(subscribe, () => stored(key))
  const value = text === undefined ? initial : (parse(text, initial) as T)
  const set = useCallback(
    (next: T) => {
      memory.set(key, JSON.stringify(next))
      try {
        localStorage.setItem(key, JSON.stringify(next))
      } catch {
        // Storage is switched off: the choice lasts as long as the page.
      }
      for (const tell of listeners) tell()
    },
    [key],
  )
  return [value, set]
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    removeEventListener('storage', listener)
  }
}

function stored(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? memory.get(key)
  } catch {
    return memory.get(key)
  }
}

function parse(text: string, initial: unknown): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === typeof initial ? value : initial
  } catch {
    return initial
  }
}

import { useEffect, useRef, useSyncExternalStore } from 'react'

export type ShortcutGroup = 'everywhere' | 'go' | 'here'

export type Shortcut = {
  /** One key (`j`, `?`, `Escape`), `mod+k` for Ctrl or ⌘, or two keys in a row (`g i`). */
  keys: string
  /** What it does, as the sheet and the palette show it. */
  label: string
  group?: ShortcutGroup
  run: (event: KeyboardEvent) => void
  /** Works while the focus is in a field, too. */
  inFields?: boolean
  /** Left out of the palette: moving about, or what the palette does itself. */
  hidden?: boolean
}

type Registered = { current: Shortcut }

let active: readonly Registered[] = []
const listeners = new Set<() => void>()
const sequenceMs = 1200
let first: { key: string; at: number } | undefined

/** Binds a key while the component is mounted; the last one mounted wins. `false` binds nothing. */
export function useShortcut(shortcut: Shortcut | false): void {
  const latest = useRef(shortcut)
  useEffect(() => {
    latest.current = shortcut
  })
  const bound = shortcut && `${shortcut.keys}\n${shortcut.label}`
  useEffect(() => {
    if (!bound) return
    const entry = latest as Registered
    change([...active, entry])
    return () => change(active.filter((other) => other !== entry))
  }, [bound])
}

/** Every shortcut bound now, one per key, for the sheet and the palette. */
export function useShortcuts(): Shortcut[] {
  const entries = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => active,
  )
  return [...new Map(entries.map(({ current }) => [current.keys, current])).values()]
}

/** Hands a key press to the shortcut bound to it. Fields, dialogs and key repeats of letters keep theirs. */
export function pressKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return
  const pressed = nameOf(event)
  // A focused button or link is pressed by Enter, whatever else Enter may do here.
  if (pressed === 'Enter' && event.target instanceof Element && event.target.closest('a, button, summary')) return
  const sequence = first && event.timeStamp - first.at < sequenceMs ? `${first.key} ${pressed}` : ''
  const target = event.target instanceof Element ? event.target : null
  const typing = target?.closest('input, textarea, select, [contenteditable="true"], [role="textbox"]') != null
  const inDialog = target?.closest('[role="dialog"], [role="menu"], [role="listbox"]') != null
  const find = (keys: string): Shortcut | undefined =>
    active.findLast(({ current }) => current.keys === keys && (current.inFields || !typing))?.current
  const shortcut = (sequence && find(sequence)) || find(pressed)
  first = undefined
  if (inDialog && !shortcut?.inFields) return
  if (shortcut) {
    event.preventDefault()
    shortcut.run(event)
  } else if (!typing && active.some(({ current }) => current.keys.startsWith(`${pressed} `)))
    first = { key: pressed, at: event.timeStamp }
}

function nameOf(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  const mod = event.metaKey || event.ctrlKey ? 'mod+' : ''
  const shift = event.shiftKey && event.key.length > 1 ? 'shift+' : ''
  return `${mod}${event.altKey ? 'alt+' : ''}${shift}${key}`
}

function change(next: readonly Registered[]): void {
  active = next
  for (const tell of listeners) tell()
}

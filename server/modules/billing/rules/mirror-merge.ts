/**
 * Webhooks are hints that an object may have changed; the truth is read afresh. Hints of one object fold into one, and a
 * reading counts only if it began after the last hint. All numbers come from one clock or sequence (one per desk).
 */
export type MirrorState = {
  /** The newest hint; null when there was none. */
  hintedAt: number | null
  /** When the reading under way began; null when there is none. */
  readingSince: number | null
  /** When the reading began whose version is kept; null while there is no version. */
  keptFrom: number | null
}

export const unseen: MirrorState = { hintedAt: null, readingSince: null, keptFrom: null }

export type MirrorStep = { do: 'fetch' } | { do: 'skip'; until: number } | { do: 'done' }

/** A hint arrived, or a gap search asks to look again. Late and repeated hints change nothing. */
export function hint(state: MirrorState, at: number): MirrorState {
  return { ...state, hintedAt: Math.max(state.hintedAt ?? at, at) }
}

/** What a worker does about an object now. A reading older than `lease` belongs to a worker that died. */
export function nextFetch(state: MirrorState, now: number, lease: number): MirrorStep {
  if (isCurrent(state)) return { do: 'done' }
  if (state.readingSince !== null && now < state.readingSince + lease)
    return { do: 'skip', until: state.readingSince + lease }
  return { do: 'fetch' }
}

export function beginFetch(state: MirrorState, now: number): MirrorState {
  return { ...state, readingSince: now }
}

/**
 * A reading that began at `began` has ended. Of two versions the one whose reading began later is kept, whatever order they
 * ended in. `again` says that a hint came while it was read.
 */
export function endFetch(state: MirrorState, began: number): { state: MirrorState; keep: boolean; again: boolean } {
  const keep = state.keptFrom === null || began >= state.keptFrom
  const next = { ...failFetch(state, began), keptFrom: keep ? began : state.keptFrom }
  return { state: next, keep, again: !isCurrent(next) }
}

/** The reading failed or was given up; the hint stays. */
export function failFetch(state: MirrorState, began: number): MirrorState {
  return { ...state, readingSince: state.readingSince === began ? null : state.readingSince }
}

function isCurrent({ hintedAt, keptFrom }: MirrorState): boolean {
  return hintedAt === null || (keptFrom !== null && keptFrom > hintedAt)
}

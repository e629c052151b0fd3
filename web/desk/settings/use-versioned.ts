import { useState } from 'react'

/**
 * A form over something with a version. It follows newer versions while nothing was typed; once something was, a newer
 * version is `changedMeanwhile`: the person decides whether to reload or to put their changes on top.
 */
export function useVersioned<T extends { version: number }>(current: T) {
  const [{ base, draft }, setState] = useState({ base: current, draft: current })
  const mine = changesOf(base, draft)
  const dirty = Object.keys(mine).length > 0
  const newer = current.version > base.version
  const adopt = (next: T): void => setState({ base: next, draft: next })
  if (newer && !dirty) adopt(current)
  return {
    draft,
    /** Only what was changed, for a PATCH. */
    mine,
    /** The version the changes were made on. */
    version: base.version,
    dirty,
    changedMeanwhile: newer && dirty,
    change: (part: Partial<T>): void => setState((old) => ({ ...old, draft: { ...old.draft, ...part } })),
    adopt,
    reload: (): void => adopt(current),
    rebase: (): void => setState({ base: current, draft: { ...current, ...mine } }),
  }
}

/** The fields of `draft` that differ from `base`. */
export function changesOf<T extends object>(base: T, draft: T): Partial<T> {
  const changed = (Object.keys(draft) as (keyof T)[]).filter(
    (field) => JSON.stringify(draft[field]) !== JSON.stringify(base[field]),
  )
  return Object.fromEntries(changed.map((field) => [field, draft[field]])) as Partial<T>
}

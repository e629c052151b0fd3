import type { Stripe } from 'stripe'
import { type Context, type Kind, type Kinds, must, put } from './context.ts'
import { emit } from './events.ts'

/** Stores a new object and tells the world. Returns it as stored. */
export function create<K extends Kind>(ctx: Context, kind: K, doc: Kinds[K], event?: string): Kinds[K] {
  put(ctx, kind, doc)
  const stored = must(ctx, kind, doc.id)
  if (event !== undefined) emit(ctx, event, stored)
  return stored
}

/** Stores a changed object; when something really changed, emits the event with `previous_attributes`. */
export function change<K extends Kind>(
  ctx: Context,
  kind: K,
  before: Kinds[K],
  patch: Partial<Kinds[K]>,
  event?: string,
): Kinds[K] {
  put(ctx, kind, { ...before, ...patch })
  const after = must(ctx, kind, before.id)
  const previous = difference(before, after)
  if (event !== undefined && previous) emit(ctx, event, after, previous)
  return after
}

type Bag = Record<string, unknown>
const isBag = (value: unknown): value is Bag => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The old values of what differs, nested like Stripe's `previous_attributes`; undefined when nothing differs. */
function difference(before: object, after: object): Bag | undefined {
  const old = before as Bag
  const fresh = after as Bag
  const previous: Bag = {}
  for (const key of new Set([...Object.keys(old), ...Object.keys(fresh)])) {
    const [was, is] = [old[key], fresh[key]]
    if (JSON.stringify(was) === JSON.stringify(is)) continue
    previous[key] = isBag(was) && isBag(is) ? difference(was, is) : (was ?? null)
  }
  return Object.keys(previous).length > 0 ? previous : undefined
}

/** Metadata as Stripe merges it: named keys replaced, empty values deleted, an empty whole clears. */
export function mergeMetadata(
  before: Stripe.Metadata | null,
  patch: Record<string, string> | null | undefined,
): Stripe.Metadata {
  if (patch === undefined) return before ?? {}
  if (patch === null) return {}
  return Object.fromEntries(Object.entries({ ...before, ...patch }).filter(([, value]) => value !== ''))
}

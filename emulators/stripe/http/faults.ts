import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import type { Store } from '../../store.ts'
import { DECLINES, type Decline } from '../engine/cards.ts'

const KIND = 'stripe.fault'

const faultKinds = [
  'decline',
  '429',
  '500_before',
  '500_after',
  'lost_answer',
  'lost_request',
  'slow',
  'timeout',
] as const
type FaultKind = (typeof faultKinds)[number]

const Pattern = z
  .string()
  .max(200)
  .refine((path) => !path.startsWith('^') || compiles(path), 'not a regular expression')

function compiles(pattern: string): boolean {
  try {
    return new RegExp(pattern) instanceof RegExp
  } catch {
    return false
  }
}

/** A fault as it is planted: which requests it hits, what happens to them, and how often. */
export const PlantFault = z.strictObject({
  match: z.strictObject({ method: z.enum(['GET', 'POST', 'DELETE']).optional(), path: Pattern.optional() }).default({}),
  kind: z.enum(faultKinds),
  times: z.int().min(1).max(1_000_000).default(1),
  ms: z.int().min(0).max(600_000).default(3000),
  decline_code: z.enum(Object.keys(DECLINES) as [string, ...string[]]).default('generic_decline'),
})
export type PlantFault = z.infer<typeof PlantFault>
type Fault = PlantFault & { id: string; hits: number }

export const RENEWAL = { method: 'POST', path: '/v1/renewal' }

export function plantFault(store: Store, plant: PlantFault): Fault {
  const fault = { ...plant, id: `flt_${randomUUID()}`, hits: 0 }
  store.put(KIND, fault.id, fault)
  return fault
}

export const listFaults = (store: Store): Fault[] => store.list<Fault>(KIND)

export function clearFaults(store: Store): void {
  for (const fault of listFaults(store)) store.remove(KIND, fault.id)
}

/** The oldest planted fault of these kinds that hits this request; counts the hit, and forgets the fault after its last one. */
export function takeFault(
  store: Store,
  request: { method: string; path: string },
  kinds: FaultKind[],
): Fault | undefined {
  const fault = listFaults(store).find((planted) => kinds.includes(planted.kind) && hits(planted, request))
  if (!fault) return undefined
  if (fault.hits + 1 >= fault.times) store.remove(KIND, fault.id)
  else store.put(KIND, fault.id, { ...fault, hits: fault.hits + 1 })
  return fault
}

/** A path is a prefix, or a regular expression when it starts with `^`; both see the path without prefix and query, e.g. `/v1/refunds`. */
function hits({ match }: Fault, request: { method: string; path: string }): boolean {
  if (match.method !== undefined && match.method !== request.method) return false
  if (match.path === undefined) return true
  return match.path.startsWith('^') ? new RegExp(match.path).test(request.path) : request.path.startsWith(match.path)
}

export function declineOf(fault: Fault): Decline {
  return DECLINES[fault.decline_code] as Decline
}

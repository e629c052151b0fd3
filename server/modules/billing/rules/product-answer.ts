import * as z from 'zod'
import { EntitlementKey, EntitlementState } from '#contract/entitlements.ts'
import type { AttemptOutcome } from './attempts.ts'

/** What the product answers, to a call and to the question what became of it. */
const Said = z.discriminatedUnion('status', [
  z.object({ status: z.literal('done'), entitlement: z.unknown().optional() }),
  z.object({ status: z.literal('failed'), reason: z.string().max(1000).optional() }),
  z.object({ status: z.literal('accepted') }),
  /** Only to the question: it knows of no such operation. */
  z.object({ status: z.literal('absent') }),
])

const Stated = z.strictObject({ key: EntitlementKey, ...EntitlementState.shape })
export type StatedEntitlement = z.infer<typeof Stated>

export type Reply =
  | { got: 'answer'; status: number; body: string; retryAfterMs?: number }
  | { got: 'connection_lost' | 'timeout' | 'refused'; detail: string }

export type CallResult = {
  outcome: Exclude<AttemptOutcome, 'started'>
  detail: string | null
  retryAfterMs: number | null
}

/**
 * What became of a call. Only a plain `done` says that it happened, only `failed` or a 4xx that it did not; anything that
 * cannot be understood may have happened.
 */
export function readCallAnswer(reply: Reply): CallResult {
  const result = (outcome: CallResult['outcome'], detail: string | null, retryAfterMs: number | null = null) => ({
    outcome,
    detail,
    retryAfterMs,
  })
  if (reply.got === 'refused') return result('4xx', reply.detail)
  if (reply.got !== 'answer') return result(reply.got, reply.detail)
  const { status, retryAfterMs = null } = reply
  if (status === 409) return result('409', 'The product is still working on it.', retryAfterMs)
  if (status === 429) return result('429', 'The product asks for fewer requests.', retryAfterMs)
  const said = saidIn(reply.body)
  if (status >= 400 && status < 500) {
    const words = said?.status === 'failed' && said.reason ? said.reason : `The product refused with ${status}.`
    return result('4xx', words)
  }
  if (status < 200 || status >= 300) return result('5xx', `The product answered ${status}.`)
  if (said?.status === 'done') return result('ok', null)
  if (said?.status === 'accepted') return result('accepted', null)
  if (said?.status === 'failed') return result('4xx', said.reason ?? 'The product says that it failed.')
  return result('5xx', 'The answer of the product cannot be understood.')
}

export type LookUpResult =
  | { outcome: 'found'; entitlement: StatedEntitlement | null; detail: string | null }
  | { outcome: 'absent' | 'accepted' | 'refused' | 'failed'; detail: string | null }

/** What the product says became of an operation. A 404 alone proves nothing: the address may be wrong. */
export function readStatusAnswer(reply: Reply): LookUpResult {
  if (reply.got !== 'answer') return { outcome: 'failed', detail: reply.detail }
  const said = saidIn(reply.body)
  if (said?.status === 'absent' && reply.status < 500) return { outcome: 'absent', detail: null }
  if (reply.status < 200 || reply.status >= 300 || !said)
    return { outcome: 'failed', detail: `The product answered ${reply.status}, which says nothing.` }
  if (said.status === 'accepted') return { outcome: 'accepted', detail: null }
  if (said.status === 'failed') return { outcome: 'refused', detail: said.reason ?? 'The product says that it failed.' }
  const entitlement = said.status === 'done' ? Stated.safeParse(said.entitlement) : undefined
  return { outcome: 'found', entitlement: entitlement?.data ?? null, detail: null }
}

function saidIn(body: string): z.infer<typeof Said> | undefined {
  try {
    return Said.safeParse(JSON.parse(body)).data
  } catch {
    return undefined
  }
}

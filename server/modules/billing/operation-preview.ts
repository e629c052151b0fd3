import type { Authority, RefundPreview } from '#contract/billing.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError, notFound } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { whoIsBehind } from './operation-order.ts'
import type { OperationDecision } from './rules/operation-decision.ts'
import { insertPreview, lockPreview, type StoredPreview } from './store/previews.ts'

const minutes = 15

type About = Omit<StoredPreview, 'id' | 'madeBy' | 'seen' | 'policyVersion' | 'operationId' | 'expiresAt'>

/** Puts away what somebody is shown before they order, with everything it was decided on; `facts` go to the ledger. */
export async function savePreview(
  desk: Desk,
  about: About,
  decided: { decision: OperationDecision; authority: Authority; input: unknown },
  facts: Record<string, string | number | null>,
): Promise<RefundPreview> {
  const { decision, authority, input } = decided
  const id = newId('prv', desk.now())
  const expiresAt = desk.now().add({ minutes })
  const seen: RefundPreview = {
    previewId: id,
    expiresAt: expiresAt.toString(),
    outcome: decision.outcome,
    allowed: decision.allowed,
    proposed: decision.proposed,
    effects: decision.effects.map(({ kind, sentence }) => ({ kind, sentence })),
    approvals: decision.approvals.map(({ role, because }) => ({ role, because })),
    authority,
    reasons: decision.reasons,
    trace: decision.trace,
    policyVersion: decision.policyVersion,
    customerSentence: decision.customerSentence ?? '',
  }
  const { policyVersion, outcome } = decision
  await desk.transaction(async (tx) => {
    const preview = { ...about, id, madeBy: whoIsBehind(tx), seen, policyVersion, operationId: null, expiresAt }
    await insertPreview(tx, preview, input)
    await tx.emit({
      type: `${about.kind}.previewed`,
      ticketId: about.ticketId,
      contactId: about.contactId,
      data: { previewId: id, outcome, policyVersion, ...facts },
    })
  })
  return seen
}

/** A preview of this kind that its maker may still act on, or has acted on; locked. */
export async function takePreview(
  desk: Desk,
  id: Id<'prv'>,
  kind: StoredPreview['kind'],
): Promise<{ preview: StoredPreview; used: Id<'op'> | null }> {
  const preview = await lockPreview(desk, id)
  if (!preview || preview.kind !== kind || preview.madeBy !== whoIsBehind(desk)) throw notFound('preview')
  if (preview.operationId) return { preview, used: preview.operationId }
  if (Temporal.Instant.compare(desk.now(), preview.expiresAt) >= 0)
    throw new DeskError('stale', 'This preview has expired. Look at it again before ordering.')
  if (preview.seen.outcome === 'refuse')
    throw new DeskError('policy_refused', preview.seen.reasons[0]?.sentence ?? 'The policy refuses this.')
  return { preview, used: null }
}

import type { Stripe } from 'stripe'
import { invalid } from '../http/errors.ts'
import { change } from './changes.ts'
import { type Context, must } from './context.ts'
import { escalate, resolveDispute } from './disputing.ts'

/** All text of one packet together, in characters, and all its files, in bytes. */
const TEXT_LIMIT = 150_000
const FILES_LIMIT = 4_500_000
export const FILE_FIELDS = [
  'cancellation_policy',
  'customer_communication',
  'customer_signature',
  'duplicate_charge_documentation',
  'receipt',
  'refund_policy',
  'service_documentation',
  'shipping_documentation',
  'uncategorized_file',
] as const

type Given = Partial<Record<string, string | null>>

/** Stages evidence, or hands it to the bank: then the dispute is under review and the one submission is used. */
export function giveEvidence(
  ctx: Context,
  dispute: Stripe.Dispute,
  given: Given | undefined,
  submit: boolean | undefined,
  patch: Partial<Stripe.Dispute>,
): Stripe.Dispute {
  const submits = submit === true || (given !== undefined && submit !== false)
  if ((given || submits) && !dispute.status.endsWith('needs_response'))
    throw invalid('This dispute no longer accepts evidence.', 'evidence')
  const evidence = { ...dispute.evidence, ...given }
  if (given) checkPacket(ctx, evidence)
  const has_evidence = Object.values(evidence).some((value) => typeof value === 'string')
  if (submits && !has_evidence) throw invalid('There is no evidence to submit.', 'submit')
  const staged = { ...patch, evidence, evidence_details: { ...dispute.evidence_details, has_evidence } }
  if (!submits) return change(ctx, 'dispute', dispute, staged, 'charge.dispute.updated')
  const details = {
    ...staged.evidence_details,
    submission_count: dispute.evidence_details.submission_count + 1,
    submission_method: 'manual',
  }
  const status = dispute.status === 'warning_needs_response' ? 'warning_under_review' : 'under_review'
  const sent = { ...staged, evidence_details: details, status }
  return judged(ctx, change(ctx, 'dispute', dispute, sent, 'charge.dispute.updated'))
}

/** Stripe's test mode decides at once when the free text says how. */
function judged(ctx: Context, dispute: Stripe.Dispute): Stripe.Dispute {
  const word = dispute.evidence.uncategorized_text
  if (word === 'winning_evidence') return resolveDispute(ctx, dispute, 'won')
  if (word === 'losing_evidence') return resolveDispute(ctx, dispute, 'lost')
  if (word === 'escalate_inquiry_evidence' && dispute.status === 'warning_under_review') return escalate(ctx, dispute)
  return dispute
}

function checkPacket(ctx: Context, evidence: Stripe.Dispute.Evidence): void {
  const texts = Object.values(evidence).filter((value) => typeof value === 'string')
  if (texts.reduce((sum, text) => sum + text.length, 0) > TEXT_LIMIT)
    throw invalid(`The evidence may have at most ${TEXT_LIMIT} characters in all.`, 'evidence')
  let size = 0
  for (const field of FILE_FIELDS) {
    const id = evidence[field]
    if (typeof id !== 'string') continue
    const file = must(ctx, 'file', id, `evidence[${field}]`)
    if (file.purpose !== 'dispute_evidence')
      throw invalid(`The file ${id} was not uploaded for the purpose dispute_evidence.`, `evidence[${field}]`)
    size += file.size
  }
  if (size > FILES_LIMIT) throw invalid(`The files may have at most ${FILES_LIMIT} bytes in all.`, 'evidence')
}

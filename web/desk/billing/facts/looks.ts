import type { BillingLink } from '#contract/billing.ts'
import { t, type PlainKey } from '../../messages/translate.ts'
import type { Tone } from '../../tokens.ts'

type Look = { tone: Tone; label: string }

const subscriptionTones: Record<string, [Tone, PlainKey]> = {
  active: ['done', 'subscription.active'],
  trialing: ['customer', 'subscription.trialing'],
  past_due: ['danger', 'subscription.past_due'],
  unpaid: ['danger', 'subscription.unpaid'],
  incomplete: ['warn', 'subscription.incomplete'],
  incomplete_expired: ['neutral', 'subscription.incomplete_expired'],
  canceled: ['neutral', 'subscription.canceled'],
  paused: ['warn', 'subscription.paused'],
}

/** A status Stripe adds later is shown by its own name. */
export function subscriptionLook(status: string): Look {
  return lookOf(subscriptionTones, status)
}

const invoiceTones: Record<string, [Tone, PlainKey]> = {
  draft: ['neutral', 'invoice.draft'],
  open: ['warn', 'invoice.open'],
  paid: ['done', 'invoice.paid'],
  uncollectible: ['danger', 'invoice.uncollectible'],
  void: ['neutral', 'invoice.void'],
}

export function invoiceLook(status: string): Look {
  return lookOf(invoiceTones, status)
}

const disputeTones: Record<string, [Tone, PlainKey]> = {
  warning_needs_response: ['warn', 'dispute.warning_needs_response'],
  warning_under_review: ['third', 'dispute.warning_under_review'],
  warning_closed: ['neutral', 'dispute.warning_closed'],
  needs_response: ['danger', 'dispute.needs_response'],
  under_review: ['third', 'dispute.under_review'],
  won: ['done', 'dispute.won'],
  lost: ['danger', 'dispute.lost'],
  prevented: ['neutral', 'dispute.prevented'],
}

export function disputeLook(status: string): Look {
  return lookOf(disputeTones, status)
}

const refundTones: Record<string, [Tone, PlainKey]> = {
  succeeded: ['neutral', 'refundStatus.succeeded'],
  pending: ['third', 'refundStatus.pending'],
  requires_action: ['warn', 'refundStatus.requires_action'],
  failed: ['danger', 'refundStatus.failed'],
  canceled: ['danger', 'refundStatus.canceled'],
}

export function refundLook(status: string): Look {
  return lookOf(refundTones, status)
}

const strengthTones: Record<BillingLink['strength'], [Tone, PlainKey]> = {
  certain: ['done', 'link.certain'],
  strong: ['done', 'link.strong'],
  weak: ['warn', 'link.weak'],
}

export function strengthLook(strength: BillingLink['strength']): Look {
  return lookOf(strengthTones, strength)
}

function lookOf(looks: Record<string, [Tone, PlainKey]>, status: string): Look {
  const known = looks[status]
  return known ? { tone: known[0], label: t(known[1]) } : { tone: 'neutral', label: status.replaceAll('_', ' ') }
}

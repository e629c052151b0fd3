import { html, type Html } from './html.ts'

const tones: Record<string, string> = {
  active: 'good',
  granted: 'good',
  revoked: 'bad',
  deleted: 'bad',
  trialing: 'good',
  paid: 'good',
  succeeded: 'good',
  won: 'good',
  past_due: 'bad',
  disputed: 'bad',
  unpaid: 'bad',
  failed: 'bad',
  lost: 'bad',
  uncollectible: 'bad',
  open: 'soon',
  pending: 'soon',
  incomplete: 'soon',
  needs_response: 'soon',
  warning_needs_response: 'soon',
  requires_action: 'soon',
}

/** A Stripe status as a word, coloured by whether it is well. */
export function statusTag(status: string | null): Html {
  const word = (status ?? 'unknown').replaceAll('_', ' ')
  return html`<span class="tag ${tones[status ?? ''] ?? ''}">${word}</span>`
}

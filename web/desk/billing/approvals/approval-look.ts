import type { Approval } from '#contract/billing.ts'
import type { PlainKey } from '../../messages/translate.ts'
import type { Tone } from '../../tokens.ts'

/** Colour and word of an approval's state. */
export const approvalLooks: Record<Approval['state'], { tone: Tone; label: PlainKey }> = {
  open: { tone: 'warn', label: 'approvals.state.open' },
  approved: { tone: 'done', label: 'approvals.state.approved' },
  rejected: { tone: 'danger', label: 'approvals.state.rejected' },
  expired: { tone: 'neutral', label: 'approvals.state.expired' },
}

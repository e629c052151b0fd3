import '../messages/rooms/billing.ts'
import { RefundPolicySettings } from '../billing/policy/refund-policy-settings.tsx'

/** The policy is billing's; it stands here among what is set once. */
export function RefundsSection() {
  return <RefundPolicySettings />
}

import type { ParameterValues, ProductActionDefinition } from '#contract/product.ts'
import type { AuthorityLevel } from './authority.ts'
import type { OperationDecision } from './operation-decision.ts'
import { approvalFor, effectsOf } from './product-preview.ts'
import type { Reason, RequiredApproval } from './refund-request.ts'

export type ProductRequest = {
  definition: ProductActionDefinition
  key: string
  values: ParameterValues
  /** What the product last said of this key. */
  known: { plan: string | null; seats: number | null; access: string; occurredAt: string } | null
  /** `not_asked` where no ticket is behind it. */
  authority: AuthorityLevel | 'not_asked'
  policyVersion: number
}

/** Whether the product may be asked, who must approve, and what it does. */
export function decideProductAction(request: ProductRequest): OperationDecision {
  const block = productBlock(request)
  const { policyVersion } = request
  const shared = { trace: [], policyVersion, allowed: null, proposed: null }
  if (block) return { ...shared, outcome: 'refuse', approvals: [], reasons: [block], effects: [] }
  return {
    ...shared,
    outcome: 'proceed',
    approvals: approvalsOf(request),
    reasons: [],
    effects: effectsOf(request).map((sentence) => ({ kind: 'product', sentence })),
  }
}

function productBlock({ definition, key, known, authority }: ProductRequest): Reason | undefined {
  const { title, enabled, needsAuthority } = definition
  if (!enabled) return { code: 'switched_off', sentence: `${title} is switched off.` }
  if (known?.access === 'deleted') return { code: 'deleted', sentence: `${key} was deleted at the product.` }
  if (needsAuthority && authority === 'not_asked')
    return {
      code: 'nobody_asked',
      sentence: `${title} needs somebody with authority who asks for it. Run it from the ticket in which they do.`,
    }
  return undefined
}

/** What the action asks for, and a lead's where whoever asks is not shown to have authority: approving it is the override. */
function approvalsOf({ definition, values, authority }: ProductRequest): RequiredApproval[] {
  const { title, approval, needsAuthority, parameters } = definition
  const role = approvalFor(definition, values)
  const above = parameters.find(({ name }) => name === approval.above?.parameter)
  const because = above
    ? `${title} with ${above.label} above ${approval.above?.value} is approved first.`
    : `${title} is always approved first.`
  return [
    ...(role ? [{ role, code: 'product_action', because }] : []),
    ...(needsAuthority && authority !== 'full'
      ? [
          {
            role: 'lead' as const,
            code: 'authority_override',
            because:
              'The requester is not shown to have authority over this account; approving it is the recorded override.',
          },
        ]
      : []),
  ]
}

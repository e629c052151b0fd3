import type { AuthorityLevel } from './authority.ts'
import type { RequiredApproval } from './refund-request.ts'

/** A lead's approval where the requester is not shown to have authority: approving it is the recorded override. */
export function overrideApproval(authority: AuthorityLevel | 'not_asked'): RequiredApproval[] {
  if (authority !== 'none' && authority !== 'disclose_only') return []
  return [
    {
      role: 'lead',
      code: 'authority_override',
      because: 'The requester is not shown to have authority over this billing; approving it is the recorded override.',
    },
  ]
}

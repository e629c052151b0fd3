import type { Verification } from '#contract/customers.ts'

export type AuthorityLevel = 'full' | 'disclose_only' | 'none'

export type AuthorityInput = {
  /** Null when nobody wrote, as for a ticket an agent opened. */
  sender: {
    /** The address or handle the message came from. */
    value: string
    /** The contact's identity with that value; `none` grants nothing. */
    verified: Verification
    /** Results stored with this message; `unknown` when they could not be found out. */
    auth?: { spf: string; dkim: string; dmarc: string; aligned?: boolean }
    /** The message came over a session signed in as this contact. */
    signedIn: boolean
  } | null
  /** Between the contact, its account or workspace and the billing customer. */
  link: { owner: 'contact' | 'account' | 'workspace'; state: 'proposed' | 'confirmed' | 'rejected' } | null
  /** The contact's role in the account that owns the link. */
  accountRole?: 'admin' | 'billing' | 'member'
  /** A code sent to the billing address on file and read back; `at` in epoch ms. */
  code?: { sentTo: string; at: number }
  /** A lead's recorded override for this ticket. */
  override?: { byName: string; reason: string; at: number }
  now: number
}

export type AuthorityDecision = { level: AuthorityLevel; how: string; needs: 'code' | 'lead_override' | null }

const codeLife = 24 * 3_600_000

/** Who may have billing disclosed or changed: a verified sender with a role for it, else a code or a lead's override. */
export function decideAuthority(input: AuthorityInput): AuthorityDecision {
  const { link, override, code } = input
  if (override) return full(`${override.byName} vouched for the requester: ${override.reason}`)
  if (!link || link.state === 'rejected')
    return none('No billing customer is linked to this contact. Link one first, or have a lead vouch.', 'lead_override')
  if (code && input.now - code.at <= codeLife && code.at <= input.now)
    return full(`Read back the code sent to the billing address on file, ${code.sentTo}.`)
  if (link.state === 'proposed')
    return none(
      'The link to this billing customer is only proposed. Confirm it, or send a code to the billing address on file.',
      'code',
    )
  const sender = verifiedSender(input)
  if (sender.level === 'none') return none(sender.how, 'code')
  const role = link.owner === 'contact' ? 'owner' : input.accountRole
  if (role !== 'owner' && role !== 'admin' && role !== 'billing')
    return none(`${sender.how} They have no admin or billing role in this account.`, 'code')
  const standing =
    role === 'owner' ? 'The billing customer is their own.' : `They have the ${role} role in this account.`
  if (sender.level === 'disclose_only')
    return { level: 'disclose_only', how: `${sender.how} ${standing} Billing may be told, not changed.`, needs: 'code' }
  return full(`${sender.how} ${standing}`)
}

function verifiedSender({ sender }: AuthorityInput): { level: AuthorityLevel; how: string } {
  if (!sender) return { level: 'none', how: 'Nobody has written on this ticket yet.' }
  if (sender.signedIn) return { level: 'full', how: 'Wrote while signed in.' }
  if (sender.auth?.dmarc === 'pass') return { level: 'full', how: `The mail is from ${sender.value} by DMARC.` }
  if (sender.auth?.dmarc === 'none' && sender.auth.dkim === 'pass' && sender.auth.aligned)
    return { level: 'full', how: `The mail is signed by the domain of ${sender.value}.` }
  if (sender.verified === 'agent')
    return { level: 'disclose_only', how: `${sender.value} is theirs by a teammate's word only.` }
  if (sender.auth?.dmarc === 'fail')
    return { level: 'none', how: `The mail failed DMARC and may not be from ${sender.value}.` }
  return { level: 'none', how: `It is not known whether this message is from ${sender.value}.` }
}

function full(how: string): AuthorityDecision {
  return { level: 'full', how, needs: null }
}

function none(how: string, needs: 'code' | 'lead_override'): AuthorityDecision {
  return { level: 'none', how, needs }
}

import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { idOf } from '#platform/ids.ts'
import { domainOf, isPublicMailDomain } from '../rules/public-mail.ts'

/**
 * The accounts behind mail addresses, lower case: that of the contact who has the address, or, when nobody does, that of its
 * confirmed domain; null where there is none.
 */
export async function accountsOfAddresses(
  desk: Desk,
  emails: readonly string[],
): Promise<Map<string, Id<'acc'> | null>> {
  const domains = emails
    .map((email) => domainOf(email))
    .map((domain) => (domain && !isPublicMailDomain(domain) ? domain : ''))
  const { rows } = await desk.connection.query<{ email: string; account_id: string | null }>({
    name: 'accounts-of-addresses',
    text: `select e.email, case when c.id is null then d.account_id else c.account_id end as account_id
      from unnest($1::text[], $2::text[]) as e(email, domain)
      left join contact_identities i on i.kind = 'email' and i.value = e.email
      left join contacts c on c.id = i.contact_id
      left join account_domains d on d.domain = e.domain and d.confirmed`,
    values: [emails, domains],
  })
  return new Map(rows.map(({ email, account_id }) => [email, account_id ? idOf('acc', account_id) : null]))
}

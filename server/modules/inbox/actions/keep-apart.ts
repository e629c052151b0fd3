import type { Desk } from '#server/desk.ts'
import { accountsOfAddresses } from '#modules/customers/index.ts'
import { DeskError } from '#platform/errors.ts'
import { normaliseAddress } from '../rules/address.ts'

/**
 * Refuses one mail to people who must not meet: everybody in To and Cc reads everybody's address. People of one account know
 * each other.
 */
export async function keepApart(desk: Desk, recipients: readonly { email: string }[]): Promise<void> {
  const emails = [...new Set(recipients.map(({ email }) => normaliseAddress(email)))]
  if (emails.length < 2) return
  const accounts = await accountsOfAddresses(desk, emails)
  const [account, ...others] = new Set(emails.map((email) => accounts.get(email) ?? null))
  if (account && others.length === 0) return
  throw new DeskError(
    'invalid_request',
    'body.broadcast: these recipients would read each other’s addresses. Write to each of them in a mail of their own, or only to people of one account.',
  )
}

import type { RefundPreview } from '#contract/billing.ts'
import type { BodyOf } from '#contract/endpoint.ts'
import type { previewBalanceCredit as endpoint } from '#contract/operations.ts'
import type { Desk } from '#server/desk.ts'
import { notFound } from '#platform/errors.ts'
import { givenBefore } from '../given-before.ts'
import { readBasis, refuseHiddenTicket } from '../operation-basis.ts'
import { savePreview } from '../operation-preview.ts'
import { decideBalanceCredit } from '../rules/balance-credit.ts'
import { refreshCustomer } from './refresh-customer.ts'

/** Whether a customer may be credited, on what Stripe says just now. Moves nothing. */
export async function previewBalanceCredit(desk: Desk, body: BodyOf<typeof endpoint>): Promise<RefundPreview> {
  await refuseHiddenTicket(desk, body.ticketId)
  const customer = await refreshCustomer(desk, body.customer)
  if (!customer) throw notFound('customer at Stripe')
  const { level, authority, contact, ...terms } = await readBasis(desk, customer.id, body.ticketId ?? null)
  const given = await givenBefore(desk, customer.id, [])
  const now = desk.now().epochMilliseconds
  const request = { customer, money: body.money, authority: level, givenBefore: given, now, ...terms }
  return savePreview(
    desk,
    {
      kind: 'balance_credit',
      charge: null,
      invoice: null,
      subscription: null,
      customerId: customer.id,
      contactId: contact?.id ?? null,
      contactName: contact?.name ?? null,
      ticketId: body.ticketId ?? null,
      cause: null,
    },
    { decision: decideBalanceCredit(request), authority, input: request },
    { customer: customer.id, amount: body.money.amount, currency: body.money.currency, authority: level },
  )
}

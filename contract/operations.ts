import * as z from 'zod'
import { endpoint } from './endpoint.ts'
import { id } from './ids.ts'
import { prose } from './list.ts'
import { Money } from './money.ts'
import { Operation, RefundPreview } from './refunds.ts'
import { StripeId } from './stripe-id.ts'

export const getOperation = endpoint({
  method: 'GET',
  path: '/operations/{id}',
  permission: 'billing.read',
  summary: 'One operation of any kind, with every attempt.',
  params: z.strictObject({ id: id('op') }),
  result: Operation,
})

/** What somebody gives, which has no other fields. */
const GivenMoney = z.strictObject({
  amount: z.number().int().positive().max(Number.MAX_SAFE_INTEGER),
  currency: Money.shape.currency,
})

const ordered = z.strictObject({ previewId: id('prv'), reason: prose(1000).optional() })

export const previewBalanceCredit = endpoint({
  method: 'POST',
  path: '/balance-credits/preview',
  permission: 'billing.propose',
  summary: 'Whether this customer may be credited this amount, who must approve and what would happen. Moves nothing.',
  body: z.strictObject({ customer: StripeId, money: GivenMoney, ticketId: id('tkt').optional() }),
  result: RefundPreview,
})

export const createBalanceCredit = endpoint({
  method: 'POST',
  path: '/balance-credits',
  permission: 'billing.propose',
  summary:
    'Credit a customer’s balance as a preview said. Answers with the operation; it runs after approval, if one is due.',
  body: ordered,
  result: Operation,
  status: 201,
})

export const previewCancellation = endpoint({
  method: 'POST',
  path: '/subscription-cancellations/preview',
  permission: 'billing.propose',
  summary:
    'What ending this subscription does, now without giving anything back or when what is paid runs out. Ends nothing.',
  body: z.strictObject({
    subscription: StripeId,
    when: z.enum(['now', 'period_end']),
    ticketId: id('tkt').optional(),
  }),
  result: RefundPreview,
})

export const createCancellation = endpoint({
  method: 'POST',
  path: '/subscription-cancellations',
  permission: 'billing.propose',
  summary: 'End a subscription as a preview said. Answers with the operation; it runs after approval, if one is due.',
  body: ordered,
  result: Operation,
  status: 201,
})

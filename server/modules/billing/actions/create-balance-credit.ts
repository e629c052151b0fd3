import type { BodyOf } from '#contract/endpoint.ts'
import type { Id } from '#contract/ids.ts'
import type { createBalanceCredit as endpoint } from '#contract/operations.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError, notFound } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { givenBefore } from '../given-before.ts'
import { readBasis } from '../operation-basis.ts'
import { placeOrder } from '../operation-order.ts'
import { takePreview } from '../operation-preview.ts'
import { decideBalanceCredit, planBalanceCredit } from '../rules/balance-credit.ts'
import { billingCustomerFacts } from '../rules/mirror-object.ts'
import { readObjects } from '../store/mirror-read.ts'
import { lockSubject } from '../store/operations.ts'

/** Orders the credit a preview showed, decided again now; a preview gives one operation. */
export async function createBalanceCredit(desk: Desk, body: BodyOf<typeof endpoint>): Promise<Id<'op'>> {
  return desk.transaction(async (tx) => {
    const { preview, used } = await takePreview(tx, body.previewId, 'balance_credit')
    if (used) return used
    const { customerId: customer, ticketId } = preview
    const money = preview.seen.proposed
    if (!customer || !money) throw notFound('preview')
    await lockSubject(tx, customer)
    const facts = billingCustomerFacts(
      (await readObjects(tx, tx.ports.payments.account, 'customer', [customer])).get(customer),
    )
    const basis = await readBasis(tx, customer, ticketId)
    const request = {
      customer: facts.ok ? facts.facts : undefined,
      money,
      authority: basis.level,
      givenBefore: await givenBefore(tx, customer, []),
      now: tx.now().epochMilliseconds,
      ...termsOf(basis),
    }
    const decision = decideBalanceCredit(request)
    if (decision.outcome === 'refuse')
      throw new DeskError('policy_refused', decision.reasons[0]?.sentence ?? 'The policy refuses this credit.')
    const id = newId('op', tx.now())
    const { contactId, contactName } = preview
    return placeOrder(
      tx,
      {
        id,
        kind: 'balance_credit',
        subject: customer,
        money,
        customerId: customer,
        ticketId,
        charge: null,
        invoice: null,
        subscription: null,
        cause: null,
        contactId,
        contactName,
        plan: planBalanceCredit(id, customer, money),
        previewId: preview.id,
        reason: body.reason?.trim() || null,
        decision: { request, decision },
      },
      decision,
      basis.policy,
      { customer, amount: money.amount, currency: money.currency, authority: basis.level },
    )
  })
}

function termsOf({ policy, rates }: Awaited<ReturnType<typeof readBasis>>) {
  return { policy, ...(rates ? { rates } : {}) }
}

import type { previewRefund as endpoint, RefundPreview } from '#contract/billing.ts'
import type { BodyOf } from '#contract/endpoint.ts'
import { money } from '#contract/money.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError, notFound, UpstreamError } from '#platform/errors.ts'
import { readChargeFile, type ChargeFile } from '../charge-file.ts'
import { savePreview } from '../operation-preview.ts'
import { gatherRequest } from '../refund-request.ts'
import { decideRefund } from '../rules/refund-policy.ts'
import { chargeOfInvoice, refreshCharge } from './refresh-charge.ts'

/** What the policy says about a refund, on facts read just now, with everything it was decided on put away. Moves nothing. */
export async function previewRefund(desk: Desk, body: BodyOf<typeof endpoint>): Promise<RefundPreview> {
  if (body.ticketId && !(await desk.ports.requesters.ofTicket(desk, body.ticketId))) throw notFound('ticket')
  const chargeId = await chargeMeant(desk, body)
  const file = await freshFile(desk, chargeId)
  const gathered = await gatherRequest(desk, file, {
    cause: body.cause,
    amount: body.amount === undefined ? null : money(body.amount, file.charge.currency),
    ticketId: body.ticketId ?? null,
  })
  const decision = decideRefund(gathered.request)
  const { max } = decision.allowed ?? {}
  return savePreview(
    desk,
    {
      kind: 'refund',
      charge: chargeId,
      invoice: file.invoice?.id ?? null,
      subscription: file.subscription?.id ?? null,
      customerId: file.charge.customer ?? null,
      contactId: gathered.contact?.id ?? null,
      contactName: gathered.contact?.name ?? null,
      ticketId: body.ticketId ?? null,
      cause: body.cause,
    },
    {
      decision,
      authority: gathered.authority,
      input: { request: gathered.request, authority: gathered.authorityInput },
    },
    {
      charge: chargeId,
      cause: body.cause,
      max: max?.amount ?? null,
      currency: max?.currency ?? null,
      authority: gathered.request.requester.authority,
    },
  )
}

async function chargeMeant(desk: Desk, body: BodyOf<typeof endpoint>): Promise<string> {
  if ((body.charge === undefined) === (body.invoice === undefined))
    throw new DeskError('invalid_request', 'body: give either charge or invoice.')
  if (body.charge !== undefined) return body.charge
  const charge = await chargeOfInvoice(desk, body.invoice ?? '')
  if (charge === undefined) throw notFound('invoice at Stripe')
  if (charge === null) throw new DeskError('policy_refused', 'No payment of this invoice can be found to refund.')
  return charge
}

/** From Stripe itself; from the mirror when Stripe does not answer, because nothing moves yet. */
async function freshFile(desk: Desk, chargeId: string): Promise<ChargeFile> {
  try {
    if (!(await refreshCharge(desk, chargeId))) throw notFound('charge at Stripe')
  } catch (error) {
    if (!(error instanceof UpstreamError) || !error.retryable) throw error
    const known = await readChargeFile(desk, chargeId)
    if (!known) throw error
    return known
  }
  const file = await readChargeFile(desk, chargeId)
  if (!file) throw notFound('charge')
  return file
}

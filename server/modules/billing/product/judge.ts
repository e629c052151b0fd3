import type { Authority } from '#contract/billing.ts'
import type { BodyOf } from '#contract/endpoint.ts'
import type { previewProductAction, ProductAction } from '#contract/product.ts'
import type { Desk } from '#server/desk.ts'
import { readContact, readEntitlement } from '#modules/customers/index.ts'
import { DeskError } from '#platform/errors.ts'
import { readBasis, refuseHiddenTicket, type OperationBasis } from '../operation-basis.ts'
import type { OperationDecision } from '../rules/operation-decision.ts'
import { decideProductAction } from '../rules/product-decision.ts'
import { faultOfValues } from '../rules/product-preview.ts'
import { confirmedCustomerOf } from '../store/links.ts'
import { readAction } from './action-catalogue.ts'
import { readSecret } from './secrets.ts'

export type Asked = BodyOf<typeof previewProductAction>

export type Judged = {
  action: ProductAction
  decision: OperationDecision
  authority: Authority
  contact: { id: NonNullable<Asked['contactId']>; name: string } | null
  policy: OperationBasis['policy']
}

/** What is true about an action just now. Throws for what is asked wrongly or by somebody who may not. */
export async function judge(desk: Desk, asked: Asked): Promise<Judged> {
  const { actionId, key, parameters, ticketId, contactId } = asked
  const action = await readAction(desk, actionId)
  const { definition } = action
  if (!desk.actor.permissions.has(definition.permission))
    throw new DeskError('forbidden', `Your role may not run ${definition.title}.`)
  const fault = faultOfValues(definition, parameters)
  if (fault) throw new DeskError('invalid_request', `body.${fault}`)
  if (!(await readSecret(desk, 'calls')))
    throw new DeskError('conflict', 'The product cannot be called yet: an admin must make the secret for calls.')
  await refuseHiddenTicket(desk, ticketId)
  const contact = contactId ? await readContact(desk, contactId) : null
  const asking = ticketId ? await desk.ports.requesters.ofTicket(desk, ticketId) : undefined
  const customer = asking ? await confirmedCustomerOf(desk, await readContact(desk, asking.contactId)) : null
  const basis = await readBasis(desk, customer, ticketId ?? null)
  const { level, authority, policy } = basis
  const decision = decideProductAction({
    definition,
    key,
    values: parameters,
    known: (await readEntitlement(desk, key)) ?? null,
    authority: level,
    policyVersion: policy.version,
  })
  return {
    action,
    decision,
    authority,
    contact: contact ? { id: contact.id, name: contact.name } : basis.contact,
    policy,
  }
}

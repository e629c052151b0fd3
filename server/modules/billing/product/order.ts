import type { orderProductAction, previewProductAction, ProductAction, ProductPreview } from '#contract/product.ts'
import type { BodyOf } from '#contract/endpoint.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { readContact, readEntitlement } from '#modules/customers/index.ts'
import { DeskError, notFound } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { whoIsBehind } from '../operation-order.ts'
import { runProductJob } from '../job-names.ts'
import { productOperations } from '../product-tables.ts'
import { readAuthority } from '../requester-authority.ts'
import { approvalFor, faultOfValues, previewSentences } from '../rules/product-preview.ts'
import { readAction } from './action-catalogue.ts'
import { lockProductOperation } from './operation-store.ts'
import { productEvent } from './operation-event.ts'
import { readSecret } from './secrets.ts'

type Asked = BodyOf<typeof previewProductAction>

const minutes = 15

/** What an action would do, in words, sealed so that the order can prove that this is what was shown. Does nothing. */
export async function previewProduct(desk: Desk, asked: Asked): Promise<ProductPreview> {
  const { action, sentences } = await judge(desk, asked)
  const previewId = newId('pop', desk.now())
  const expiresAt = desk.now().add({ minutes }).toString()
  return {
    previewId,
    expiresAt,
    seal: desk.secrets.sign('product-preview', sealed(desk, asked, action, { previewId, expiresAt, sentences }), 43),
    sentences,
    approval: approvalFor(action.definition, asked.parameters),
    typed: action.definition.destructive ? asked.key : null,
  }
}

/** Orders what a preview showed, if all of it is still so. One preview is one operation, however often it is submitted. */
export async function orderProduct(desk: Desk, body: BodyOf<typeof orderProductAction>): Promise<Id<'pop'>> {
  const { previewId, seal, expiresAt, typed, ...asked } = body
  return desk.transaction(async (tx) => {
    const known = await lockProductOperation(tx, previewId)
    if (known) {
      if (known.requestedBy !== whoIsBehind(tx)) throw notFound('preview')
      return previewId
    }
    const { action, sentences } = await judge(tx, asked)
    const isShown = tx.secrets.verify(
      'product-preview',
      sealed(tx, asked, action, { previewId, expiresAt, sentences }),
      seal,
    )
    if (!isShown) throw new DeskError('stale', 'This is not what was shown, or it has changed since. Look at it again.')
    if (Temporal.Instant.compare(tx.now(), expiresAt) >= 0)
      throw new DeskError('stale', 'What was shown is too old. Look at it again.')
    if (action.definition.destructive && typed !== asked.key)
      throw new DeskError('invalid_request', `body.typed: type ${asked.key} to confirm.`)
    const approval = approvalFor(action.definition, asked.parameters)
    const operation = {
      id: previewId,
      actionId: action.id,
      definition: action.definition,
      key: asked.key,
      parameters: asked.parameters,
      state: approval ? ('awaiting_approval' as const) : ('queued' as const),
      seen: sentences,
      contactId: asked.contactId ?? null,
      ticketId: asked.ticketId ?? null,
      approval,
      requestedBy: whoIsBehind(tx),
      requestedByName: tx.actor.name,
      createdAt: tx.now(),
    }
    const made = await tx.db.insert(productOperations).values(operation).onConflictDoNothing().returning()
    if (!made[0]) throw new DeskError('conflict', 'This was just ordered.')
    await tx.emit(productEvent(operation, 'ordered', { state: operation.state, version: action.version }))
    if (!approval) await tx.enqueue(runProductJob(previewId))
    return previewId
  })
}

/** Everything that must hold before an action is shown or ordered. */
async function judge(desk: Desk, asked: Asked): Promise<{ action: ProductAction; sentences: string[] }> {
  const action = await readAction(desk, asked.actionId)
  const { definition } = action
  if (!definition.enabled) throw new DeskError('conflict', `${definition.title} is switched off.`)
  if (!desk.actor.permissions.has(definition.permission))
    throw new DeskError('forbidden', `Your role may not run ${definition.title}.`)
  const fault = faultOfValues(definition, asked.parameters)
  if (fault) throw new DeskError('invalid_request', `body.${fault}`)
  if (!(await readSecret(desk, 'calls')))
    throw new DeskError('conflict', 'The product cannot be called yet: an admin must make the secret for calls.')
  if (asked.contactId) await readContact(desk, asked.contactId)
  if (asked.ticketId) {
    const authority = await readAuthority(desk, asked.ticketId, null)
    if (definition.needsAuthority && authority.decision.level !== 'full')
      throw new DeskError('policy_refused', 'It is not shown that whoever asks may change this. Verify them first.')
  } else if (definition.needsAuthority && !desk.actor.agentId)
    throw new DeskError('policy_refused', 'This needs a ticket whose requester is verified.')
  const known = (await readEntitlement(desk, asked.key)) ?? null
  if (known?.access === 'deleted') throw new DeskError('conflict', `${asked.key} was deleted at the product.`)
  return { action, sentences: previewSentences({ definition, key: asked.key, values: asked.parameters, known }) }
}

function sealed(
  desk: Desk,
  asked: Asked,
  action: ProductAction,
  shown: { previewId: string; expiresAt: string; sentences: string[] },
): string {
  const values = Object.entries(asked.parameters).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const { key, contactId = null, ticketId = null } = asked
  return JSON.stringify([shown, whoIsBehind(desk), action.id, action.version, key, contactId, ticketId, values])
}

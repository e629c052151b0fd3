import type { ParameterValues, ProductActionDefinition } from '#contract/product.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import type { CallOutcome, ProductReply } from '../ports.ts'
import { readCallAnswer, readStatusAnswer, type LookUpResult } from '../rules/product-answer.ts'
import { readSecret } from './secrets.ts'

/** What is asked of the product, with the definition it was ordered under. */
export type ProductPlan = {
  actionId: Id<'pac'>
  definition: ProductActionDefinition
  key: string
  parameters: ParameterValues
}

/** Asks the product to do it, under this idempotency key; what was made is known by the product's own key. */
export async function callProduct(
  desk: Desk,
  operation: Id<'op'>,
  { definition, key, parameters }: ProductPlan,
  idempotencyKey: string,
): Promise<CallOutcome> {
  const body = { operation, action: definition.name, key, parameters }
  const { outcome, detail, retryAfterMs } = readCallAnswer(await send(desk, definition.endpoint, idempotencyKey, body))
  if (outcome === 'ok') return { outcome, found: key }
  return { outcome, detail: detail ?? '', ...(retryAfterMs === null ? {} : { retryAfterMs }) }
}

/** Asks the product what became of it. */
export async function askProduct(
  desk: Desk,
  operation: Id<'op'>,
  { definition, key }: ProductPlan,
): Promise<LookUpResult> {
  const id = `${operation}:status:${desk.now().epochMilliseconds}`
  return readStatusAnswer(await send(desk, definition.statusEndpoint, id, { operation, key }))
}

async function send(desk: Desk, url: string, id: string, body: object): Promise<ProductReply> {
  const secret = await readSecret(desk, 'calls')
  if (!secret) return { got: 'refused', detail: 'There is no secret to sign calls with.' }
  return desk.ports.product.send({ url, id, secret, at: desk.now().epochMilliseconds, body: JSON.stringify(body) })
}

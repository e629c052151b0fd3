import type { Desk } from '#server/desk.ts'
import type { ProductReply } from '../ports.ts'
import { readStatusAnswer, type LookUpResult } from '../rules/product-answer.ts'
import type { StoredProductOperation } from './operation-store.ts'
import { readSecret } from './secrets.ts'

/** Asks the product to do it, under this key. */
export function callProduct(desk: Desk, operation: StoredProductOperation, key: string): Promise<ProductReply> {
  const { id, definition, parameters } = operation
  return send(desk, definition.endpoint, key, {
    operation: id,
    action: definition.name,
    key: operation.key,
    parameters,
  })
}

/** Asks the product what became of it. */
export async function askProduct(desk: Desk, operation: StoredProductOperation): Promise<LookUpResult> {
  const { id, definition, key } = operation
  return readStatusAnswer(
    await send(desk, definition.statusEndpoint, `${id}:status:${desk.now().epochMilliseconds}`, { operation: id, key }),
  )
}

async function send(desk: Desk, url: string, id: string, body: object): Promise<ProductReply> {
  const secret = await readSecret(desk, 'calls')
  if (!secret) return { got: 'refused', detail: 'There is no secret to sign calls with.' }
  return desk.ports.product.send({ url, id, secret, at: desk.now().epochMilliseconds, body: JSON.stringify(body) })
}

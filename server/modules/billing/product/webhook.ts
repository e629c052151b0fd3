import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { EntitlementKey, EntitlementState } from '#contract/entitlements.ts'
import { id } from '#contract/ids.ts'
import { createDesk, systemActor, type Desk, type World } from '#server/desk.ts'
import { saveEntitlements } from '#modules/customers/index.ts'
import { DeskError } from '#platform/errors.ts'
import { isSignedMessage } from '#platform/standard-webhooks.ts'
import { runOperationJob } from '../job-names.ts'
import { productWebhooks } from '../product-tables.ts'
import { lockOperation } from '../store/operations.ts'
import { readSecret } from './secrets.ts'

const maxBytes = 256 * 1024

const Event = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('entitlement.updated'),
    data: z.strictObject({ key: EntitlementKey, ...EntitlementState.shape }),
  }),
  /** Something that was accepted has come to its end; a sign to ask, never believed by itself. */
  z.object({ type: z.literal('operation.ended'), data: z.object({ operation: id('op') }) }),
])

/** POST /hooks/product: signed in the manner of Standard Webhooks; answered when what it says is taken in. */
export function mountProductHook(app: FastifyInstance, world: World): void {
  app.register(async (scope) => {
    // The signature is over the bytes as they came.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: maxBytes }, (_request, body, done) =>
      done(null, body),
    )
    scope.post('/hooks/product', { bodyLimit: maxBytes }, (request, reply) => receive(world, request, reply))
  })
}

async function receive(world: World, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  const header = (name: string) => {
    const value = request.headers[name]
    return typeof value === 'string' ? value : undefined
  }
  const signed = {
    id: header('webhook-id'),
    timestamp: header('webhook-timestamp'),
    signature: header('webhook-signature'),
  }
  const outcome = await takeIn(createDesk(world, systemActor), raw, signed)
  return reply.code(200).send({ received: true, outcome })
}

type Signed = { id: string | undefined; timestamp: string | undefined; signature: string | undefined }

/** Takes a signed event in once: a repeated id changes nothing, and late ones are ordered by what they say of their time. */
export async function takeIn(desk: Desk, raw: Buffer, signed: Signed): Promise<string> {
  const secret = await readSecret(desk, 'webhooks')
  if (!secret || !isSignedMessage(secret, signed, raw, desk.now().epochMilliseconds))
    throw new DeskError('invalid_request', 'The signature does not fit these bytes, or is too old.')
  const event = parse(raw)
  const webhookId = signed.id?.slice(0, 200) ?? ''
  return desk.transaction(async (tx) => {
    const kept = await tx.db
      .insert(productWebhooks)
      .values({ id: webhookId, type: event.type, receivedAt: tx.now() })
      .onConflictDoNothing()
      .returning()
    if (kept.length === 0) return 'known'
    if (event.type === 'operation.ended') {
      const operation = await lockOperation(tx, event.data.operation)
      if (operation?.kind === 'product_action' && operation.state === 'running')
        await tx.enqueue(runOperationJob(operation.id, undefined, true))
      return 'asked'
    }
    const { key, ...state } = event.data
    const [outcome = 'same'] = await saveEntitlements(tx, { kind: 'webhook', name: 'Product' }, [{ key, state }])
    return outcome
  })
}

function parse(raw: Buffer): z.infer<typeof Event> {
  let value: unknown
  try {
    value = JSON.parse(raw.toString('utf8'))
  } catch {
    throw new DeskError('invalid_request', 'The body is not JSON.')
  }
  const parsed = Event.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new DeskError('invalid_request', `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'is not valid'}.`)
}

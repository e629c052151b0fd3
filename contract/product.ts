import * as z from 'zod'
import { endpoint } from './endpoint.ts'
import { EntitlementKey } from './entitlements.ts'
import { id } from './ids.ts'
import { Done, line, page, paging, prose, Time } from './list.ts'

const Name = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'must be lower case letters, digits and _, at most 40')

export const ProductParameter = z.strictObject({
  name: Name,
  label: line(60),
  type: z.enum(['text', 'integer', 'email', 'boolean', 'choice']),
  required: z.boolean(),
  /** Of an integer. */
  min: z.number().int().optional(),
  max: z.number().int().optional(),
  /** Of a choice. */
  choices: z.array(line(60)).max(50).optional(),
})
export type ProductParameter = z.infer<typeof ProductParameter>

export const actionPermissions = ['tickets.write', 'contacts.write', 'billing.propose', 'billing.approve'] as const

/** What the desk may ask the product to do, declared as data. */
export const ProductActionDefinition = z.strictObject({
  name: Name,
  title: line(60),
  parameters: z.array(ProductParameter).max(20),
  /** What will happen, in words; `{key}` and `{parameter}` are filled in. */
  effect: line(300),
  /** Asked by POST to do it, and by POST what became of it. */
  endpoint: z.string().max(500),
  statusEndpoint: z.string().max(500),
  permission: z.enum(actionPermissions),
  /** Who must approve; with `above`, only when that parameter is above the number. */
  approval: z.strictObject({
    role: z.enum(['none', 'lead', 'finance']),
    above: z.strictObject({ parameter: Name, value: z.number().int() }).optional(),
  }),
  /** Whether whoever asks from a ticket must be shown to have authority. */
  needsAuthority: z.boolean(),
  /** Cannot be undone; whoever runs it types the key. */
  destructive: z.boolean(),
  /** What the product must say of the entitlement afterwards: its field, and the parameter or fixed text it must equal. */
  expects: z
    .array(
      z.strictObject({
        field: z.enum(['access', 'plan', 'seats', 'email']),
        parameter: Name.optional(),
        value: line(60).optional(),
      }),
    )
    .max(4),
  enabled: z.boolean(),
})
export type ProductActionDefinition = z.infer<typeof ProductActionDefinition>

export const ProductAction = z.object({ id: id('pac'), version: z.number(), definition: ProductActionDefinition })
export type ProductAction = z.infer<typeof ProductAction>

export const getProductPort = endpoint({
  method: 'GET',
  path: '/product-port',
  permission: 'settings.write',
  summary: 'How the desk and the product speak: the webhook’s address, and when each secret was made.',
  result: z.object({
    webhookUrl: z.string(),
    callsSecretAt: Time.nullable(),
    webhooksSecretAt: Time.nullable(),
    /** Origins that may be called without https, because they are emulated. */
    emulated: z.array(z.string()),
  }),
})

export const makeProductSecret = endpoint({
  method: 'POST',
  path: '/product-port/secrets',
  permission: 'settings.write',
  summary: 'Make the secret that signs our calls, or the product’s webhooks, anew. It is shown this once.',
  body: z.strictObject({ use: z.enum(['calls', 'webhooks']) }),
  result: z.object({ secret: z.string() }),
})

export const listProductActions = endpoint({
  method: 'GET',
  path: '/product-actions',
  permission: 'tickets.read',
  summary: 'What the desk may ask the product to do, by name.',
  query: z.strictObject({ ...paging }),
  result: page(ProductAction),
})

export const createProductAction = endpoint({
  method: 'POST',
  path: '/product-actions',
  permission: 'settings.write',
  summary: 'Declare an action of the product.',
  body: ProductActionDefinition,
  result: ProductAction,
  status: 201,
})

const actionParams = z.strictObject({ id: id('pac') })

export const updateProductAction = endpoint({
  method: 'PUT',
  path: '/product-actions/{id}',
  permission: 'settings.write',
  summary: 'Change an action. Operations already ordered keep the definition they were ordered under.',
  params: actionParams,
  body: z.strictObject({ definition: ProductActionDefinition, version: z.number().int() }),
  result: ProductAction,
})

export const testProductAction = endpoint({
  method: 'POST',
  path: '/product-actions/{id}/test',
  permission: 'settings.write',
  summary: 'Call the endpoint with `test: true`, which must do nothing, and tell what it answered.',
  params: actionParams,
  result: z.object({ ok: z.boolean(), sentence: z.string() }),
})

export const ParameterValues = z.record(Name, z.union([z.string().max(500), z.number().int(), z.boolean()]))
export type ParameterValues = z.infer<typeof ParameterValues>

const asked = {
  actionId: id('pac'),
  key: EntitlementKey,
  parameters: ParameterValues,
  contactId: id('con').optional(),
  ticketId: id('tkt').optional(),
}

export const ProductPreview = z.object({
  previewId: id('pop'),
  /** Proves at the order that this is what was shown. */
  seal: z.string(),
  expiresAt: Time,
  /** What will happen, step by step. */
  sentences: z.array(z.string()),
  approval: z.enum(['lead', 'finance']).nullable(),
  /** What must be typed before it is ordered. */
  typed: z.string().nullable(),
})
export type ProductPreview = z.infer<typeof ProductPreview>

export const previewProductAction = endpoint({
  method: 'POST',
  path: '/product-operations/preview',
  permission: 'tickets.write',
  summary: 'What an action would do and who must approve. Asks the product nothing.',
  body: z.strictObject(asked),
  result: ProductPreview,
})

export const productStates = [
  'awaiting_approval',
  'queued',
  'running',
  'verifying',
  'done',
  'failed',
  'unknown',
  'rejected',
  'cancelled',
] as const

export const ProductOperation = z.object({
  id: id('pop'),
  action: z.string(),
  title: z.string(),
  key: z.string(),
  state: z.enum(productStates),
  /** The state in words, with what happens next. */
  sentence: z.string(),
  /** What was shown before it was ordered. */
  seen: z.array(z.string()),
  approval: z.enum(['lead', 'finance']).nullable(),
  decidedBy: z.string().nullable(),
  reason: z.string().nullable(),
  contactId: id('con').nullable(),
  ticketId: id('tkt').nullable(),
  requestedBy: z.string(),
  mayDecide: z.boolean(),
  mayNotBecause: z.string().nullable(),
  attempts: z.array(z.object({ key: z.string(), at: Time, outcome: z.string(), detail: z.string().nullable() })),
  createdAt: Time,
})
export type ProductOperation = z.infer<typeof ProductOperation>

export const orderProductAction = endpoint({
  method: 'POST',
  path: '/product-operations',
  permission: 'tickets.write',
  summary: 'Order what a preview showed. It runs after approval, if one is due; one preview is one operation.',
  body: z.strictObject({
    ...asked,
    previewId: id('pop'),
    seal: z.string().max(200),
    expiresAt: Time,
    typed: z.string().max(120).optional(),
  }),
  result: ProductOperation,
  status: 201,
})

export const listProductOperations = endpoint({
  method: 'GET',
  path: '/product-operations',
  permission: 'tickets.read',
  summary: 'Operations of the product, newest first; of one ticket or contact, or in one state.',
  query: z.strictObject({
    ...paging,
    ticketId: id('tkt').optional(),
    contactId: id('con').optional(),
    state: z.enum(productStates).optional(),
  }),
  result: page(ProductOperation),
})

const operationParams = z.strictObject({ id: id('pop') })

export const getProductOperation = endpoint({
  method: 'GET',
  path: '/product-operations/{id}',
  permission: 'tickets.read',
  summary: 'One operation with every attempt.',
  params: operationParams,
  result: ProductOperation,
})

export const decideProductOperation = endpoint({
  method: 'POST',
  path: '/product-operations/{id}/decide',
  permission: 'billing.approve',
  summary: 'Approve or reject; nobody approves what they asked for.',
  params: operationParams,
  body: z.strictObject({ decision: z.enum(['approve', 'reject']), reason: prose(1000).optional() }),
  result: ProductOperation,
})

export const cancelProductOperation = endpoint({
  method: 'POST',
  path: '/product-operations/{id}/cancel',
  permission: 'tickets.write',
  summary: 'Take an operation back before it starts.',
  params: operationParams,
  result: ProductOperation,
})

export const recheckProductOperation = endpoint({
  method: 'POST',
  path: '/product-operations/{id}/recheck',
  permission: 'tickets.write',
  summary: 'Ask the product about an unknown operation once more.',
  params: operationParams,
  result: ProductOperation,
})

export const checkEntitlements = endpoint({
  method: 'GET',
  path: '/contacts/{id}/entitlement-check',
  permission: 'billing.read',
  summary: 'Where what the product grants and what Stripe says disagree, in words.',
  params: z.strictObject({ id: id('con') }),
  result: z.object({
    /** Whether both sides are known well enough to compare; else the sentence says what is missing. */
    compared: z.boolean(),
    sentences: z.array(z.string()),
    asOf: Time.nullable(),
  }),
})

export const withdrawProductAction = endpoint({
  method: 'DELETE',
  path: '/product-actions/{id}',
  permission: 'settings.write',
  summary: 'Take an action away. What was done with it stays.',
  params: actionParams,
  result: Done,
})

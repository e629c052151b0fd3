import * as z from 'zod'
import { endpoint } from './endpoint.ts'
import { EntitlementKey } from './entitlements.ts'
import { id } from './ids.ts'
import { Done, line, page, paging, prose, Time } from './list.ts'
import { Operation, RefundPreview } from './refunds.ts'

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

export const previewProductAction = endpoint({
  method: 'POST',
  path: '/product-operations/preview',
  permission: 'tickets.write',
  summary: 'What an action would do and who must approve. Asks the product nothing.',
  body: z.strictObject(asked),
  result: RefundPreview,
})

export const orderProductAction = endpoint({
  method: 'POST',
  path: '/product-operations',
  permission: 'tickets.write',
  summary: 'Order what a preview showed. It runs after approval, if one is due; one preview is one operation.',
  body: z.strictObject({
    previewId: id('prv'),
    reason: prose(1000).optional(),
    /** The key once more, where what is done cannot be undone. */
    typed: z.string().max(120).optional(),
  }),
  result: Operation,
  status: 201,
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

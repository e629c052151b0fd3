import type { IdPrefix } from '#contract/ids.ts'
import { idPrefixOf, type JsonSchema } from './json-schema.ts'

/** Ids of things that are there, by prefix; of Stripe's, a charge, an invoice, a customer and a subscription; a product's preview. */
export type KnownIds = Partial<
  Record<IdPrefix | 'charge' | 'invoice' | 'customer' | 'subscription' | 'productPreview', string>
>

/** Texts that patterns of the contract may ask for; the first that fits is taken. */
const texts = [
  'a text',
  'vip',
  'EUR',
  '123456',
  '09:00',
  '17:00',
  '2026-11-02',
  '2026-11-02T09:00:00Z',
  'example.com',
  'somebody@example.com',
  'ch_1example',
  'sk_test_1example',
  'whsec_example',
  'YQ==',
]

/** A value that a schema accepts, with every optional field, and ids of things that are there. */
export function exampleOf(schema: JsonSchema, known: KnownIds): unknown {
  if (schema.anyOf) return exampleOf(schema.anyOf[0] ?? {}, known)
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  switch (schema.type) {
    case 'object':
      return objectExample(schema, known)
    case 'array':
      return [exampleOf(schema.items ?? {}, known)]
    case 'integer':
    case 'number':
      return Math.max(1, schema.minimum ?? 1)
    case 'boolean':
      return true
    case 'string':
      return textExample(schema, known)
    default:
      return null
  }
}

function objectExample(schema: JsonSchema, known: KnownIds): Record<string, unknown> {
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => [name, exampleOf(field, known)])
  if (schema.propertyNames && typeof schema.additionalProperties === 'object')
    fields.push([textExample(schema.propertyNames, known), exampleOf(schema.additionalProperties, known)])
  return Object.fromEntries(fields) as Record<string, unknown>
}

function textExample(schema: JsonSchema, known: KnownIds): string {
  const prefix = idPrefixOf(schema)
  if (prefix) return known[prefix] ?? unknownId(prefix)
  if (schema.pattern?.startsWith('^in_') && known.invoice) return known.invoice
  if (schema.pattern?.startsWith('^[a-z]{2,6}_') && known.charge) return known.charge
  const pattern = new RegExp(schema.pattern ?? '', 'u')
  const found = texts.find((text) => pattern.test(text))
  if (found === undefined) throw new Error(`no example fits ${schema.pattern}; add one`)
  return found.padEnd(schema.minLength ?? 0, 'x')
}

/** Well formed, and of nothing that is there. */
export function unknownId(prefix: string): string {
  return `${prefix}_01h455vb4pex5vsknk084sn02q`
}

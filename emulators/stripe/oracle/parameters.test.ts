import { expect, test } from 'vitest'
import type { Fields, Spec } from '../http/params.ts'
import { resources } from '../registry.ts'
import { refusal, startStripe } from '../test-desk.ts'
import type { JsonSchema } from './derivation/json-schema.ts'
import { oracle } from './documents.ts'
import { ensureParameters } from './parameters.ts'

const ROUTE = 'POST /v1/subscriptions'
const sub = (more: object) => ({ customer: 'cus_1', items: [{ price: 'price_1' }], ...more }) as never

test.each([
  ['a name that does not exist', sub({ seats: '3' }), 'Received unknown parameter: seats'],
  [
    'several, at any depth',
    sub({ seats: '3', items: [{ qty: '1' }] }),
    'Received unknown parameters: items[0][qty], seats',
  ],
  [
    'a needed one that is missing',
    { customer: 'cus_1', items: [{ tax_rates: ['txr_1'], price_data: {} }] } as never,
    'Missing required param: items[0][price_data][currency].',
  ],
  ['text for a number', sub({ days_until_due: 'ten' }), 'Invalid integer: ten'],
  ['text for a truth value', sub({ off_session: 'yes' }), 'Invalid boolean: yes'],
  ['text for a list', sub({ items: 'price_1' }), 'Invalid array'],
  ['text for an object', sub({ trial_settings: 'none' }), 'Invalid object'],
  ['an object for text', sub({ description: { en: 'x' } }), 'Invalid string: {"en":"x"}'],
  [
    'a word of no enumeration',
    sub({ collection_method: 'barter' }),
    'Invalid collection_method: must be one of charge_automatically, or send_invoice',
  ],
  ['a word in a place for another and numbers', sub({ trial_end: 'soon' }), 'Invalid trial_end: must be now'],
  [
    'emptiness where nothing can be unset',
    sub({ days_until_due: '' }),
    "You passed an empty string for 'days_until_due'.",
  ],
])('%s is refused in Stripe’s words', (_, raw, words) => {
  expect(() => ensureParameters(ROUTE, raw)).toThrow(words)
})

test.each([
  ['numbers and words where either may stand', { trial_end: 'now', billing_cycle_anchor: '1800000000' }],
  ['the empty text that unsets', { default_tax_rates: '', metadata: '' }],
  ['free names, also when all are numbers', { metadata: ['a', 'b'] }],
])('%s pass', (_, more) => {
  expect(() => ensureParameters(ROUTE, sub(more))).not.toThrow()
})

test('what Stripe has and the emulator does not do is refused as that, and nothing is kept of it', async () => {
  const { stripe } = await startStripe()
  expect(
    await refusal(stripe.customers.create({ cash_balance: { settings: { reconciliation_mode: 'manual' } } })),
  ).toMatchObject({
    statusCode: 400,
    type: 'StripeInvalidRequestError',
    param: 'cash_balance',
    message: 'The emulator does not do the parameter cash_balance, which Stripe has.',
  })
  expect((await stripe.customers.list()).data).toEqual([])
})

type Declared = { at: string; spec: Spec<unknown>; schema: JsonSchema | undefined }

/** Every parameter that an endpoint declares, beside what the oracle has at its place. */
function declared(fields: Fields, schema: JsonSchema | undefined, at: string): Declared[] {
  return Object.entries(fields).flatMap(([key, spec]) => below(spec, schema?.properties?.[key], `${at}[${key}]`))
}

function below(spec: Spec<unknown>, schema: JsonSchema | undefined, at: string): Declared[] {
  const found = schema?.anyOf?.find(({ properties, items }) => properties ?? items) ?? schema
  // An upload: Stripe declares that it is one, not what it is made of.
  if (found && Object.keys(found).length === 0) return [{ at, spec, schema }]
  return [
    { at, spec, schema },
    ...(spec.fields ? declared(spec.fields, found, at) : []),
    ...(spec.items ? below(spec.items, found?.items, at) : []),
  ]
}

test('no endpoint declares a parameter or a word that Stripe does not have', () => {
  const all = Object.values(resources)
    .flat()
    .flatMap(({ method, path, fields }) => {
      const route = `${method} ${path}`
      return declared(fields, oracle().endpoints[route]?.params, route)
    })
  expect(all.length).toBeGreaterThan(300)
  expect(all.filter(({ schema }) => !schema).map(({ at }) => at)).toEqual([])
  const invented = all.flatMap(({ at, spec, schema }) => {
    const parts = [schema ?? {}, ...(schema?.anyOf ?? [])]
    const known = parts.flatMap((part) => part.enum ?? (part.const === undefined ? [] : [part.const]))
    return (spec.words ?? []).filter((word) => known.length > 0 && !known.includes(word)).map((word) => `${at}=${word}`)
  })
  expect(invented).toEqual([])
})

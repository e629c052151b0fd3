import { beforeAll, afterAll, expect, test } from 'vitest'
import { refusal, shop, startStripe } from './test-desk.ts'

let world: Awaited<ReturnType<typeof startStripe>> & Awaited<ReturnType<typeof shop>>
beforeAll(async () => {
  const desk = await startStripe(undefined, afterAll)
  world = { ...desk, ...(await shop(desk.stripe, { unit: 2500 })) }
  const { stripe, customer, price } = world
  await stripe.customers.create({
    name: "Grace O'Neill",
    email: 'grace@acme.test',
    metadata: { seat: '7', 'a"b': 'x' },
  })
  await stripe.customers.create({ email: 'lin@acme.test', phone: '+1555', metadata: { seat: '8' } })
  const gone = await stripe.customers.create({ email: 'gone@acme.test' })
  await stripe.customers.del(gone.id)
  const sub = { customer: customer.id, items: [{ price: price.id }] }
  await stripe.subscriptions.create({ ...sub, metadata: { tier: 'gold' } })
  await stripe.paymentIntents.create({ amount: 900, currency: 'eur', payment_method: 'pm_card_visa', confirm: true })
})

test.each([
  ['email:"grace@acme.test"', ['grace@acme.test']],
  ['email:"GRACE@ACME.TEST"', ['grace@acme.test']],
  ['email~"acme"', ['lin@acme.test', 'grace@acme.test']],
  ['-email~"acme"', ['ada@example.com']],
  [String.raw`name:'Grace O\'Neill'`, ['grace@acme.test']],
  ['metadata["seat"]:"7"', ['grace@acme.test']],
  [String.raw`metadata["a\"b"]:"x"`, ['grace@acme.test']],
  ['-metadata["seat"]:null', ['lin@acme.test', 'grace@acme.test']],
  ['phone:null email~"acme"', ['grace@acme.test']],
  ['email~"acme" AND metadata["seat"]:"8"', ['lin@acme.test']],
  ['metadata["seat"]:"7" or name:"Ada"', ['grace@acme.test', 'ada@example.com']],
  ['created>0 created<9999999999 name:"Ada"', ['ada@example.com']],
  ['created<=1', []],
])('customers: %s', async (query, emails) => {
  expect((await world.stripe.customers.search({ query })).data.map(({ email }) => email)).toEqual(emails)
})

test('every searchable resource is searched by its own fields', async () => {
  const { stripe, customer, product, price } = world
  const found = async (list: Promise<{ data: { id: string }[] }>) => (await list).data.map(({ id }) => id)
  const [invoice] = (await stripe.invoices.list()).data
  const [sub] = (await stripe.subscriptions.list()).data
  const [euro, own] = (await stripe.charges.list()).data
  expect(await found(stripe.charges.search({ query: 'amount>1000 payment_method_details.card.last4:4242' }))).toEqual([
    own?.id,
  ])
  expect(await found(stripe.charges.search({ query: 'currency:"eur" refunded:"false"' }))).toEqual([euro?.id])
  expect(await found(stripe.paymentIntents.search({ query: `status:"succeeded" customer:"${customer.id}"` }))).toEqual([
    own?.payment_intent,
  ])
  expect(await found(stripe.invoices.search({ query: `total>=2500 subscription:"${sub?.id}"` }))).toEqual([invoice?.id])
  expect(await found(stripe.invoices.search({ query: `number:"${invoice?.number}" -status:"paid"` }))).toEqual([])
  expect(await found(stripe.subscriptions.search({ query: 'status:"active" metadata["tier"]:"gold"' }))).toEqual([
    sub?.id,
  ])
  expect(await found(stripe.prices.search({ query: `active:"true" product:"${product.id}"` }))).toEqual([price.id])
  expect(await found(stripe.products.search({ query: 'name~"pro"' }))).toEqual([product.id])
})

test('results come in pages whose tokens belong to their query', async () => {
  const { stripe } = world
  const query = 'created>0'
  const first = await stripe.customers.search({ query, limit: 2, expand: ['data.tax_ids'] })
  expect(first).toMatchObject({ object: 'search_result', has_more: true, url: '/v1/customers/search' })
  expect(first.data[0]?.tax_ids?.object).toBe('list')
  const page = String(first.next_page)
  const rest = await stripe.customers.search({ query, limit: 2, page })
  expect([rest.data.length, rest.has_more, rest.next_page]).toEqual([1, false, null])
  const seen: string[] = []
  for await (const { id } of stripe.customers.search({ query, limit: 1 })) seen.push(id)
  expect(seen).toEqual([...first.data, ...rest.data].map(({ id }) => id))
  expect((await refusal(stripe.customers.search({ query: 'created>1', page }))).param).toBe('page')
})

test.each([
  ['balance>0', 'Field `balance` is an unsupported search field for resource `customers`.'],
  ['metadata:"x"', 'Field `metadata` is an unsupported search field'],
  ['email["x"]:"y"', 'Field `email` is an unsupported search field'],
  ['email:grace', 'We were unable to parse your search query.'],
  ['email:"grace', 'We were unable to parse your search query.'],
  ['', 'query'],
  ['email:"a" AND name:"b" OR phone:"c"', 'You cannot combine AND and OR'],
  ['email~"ab"', 'at least 3 characters'],
  ['email>"abc"', 'The operator `>` is not supported for the field `email`.'],
  ['metadata["a"]~"abc"', 'The operator `~` is not supported'],
  ['created:"soon"', 'is numeric'],
  ['created~"123"', 'The operator `~` is not supported'],
  [Array.from({ length: 11 }, () => 'created>0').join(' '), 'at most 10 clauses'],
])('refused: %s', async (query, words) => {
  const error = await refusal(world.stripe.customers.search({ query }))
  expect(error).toMatchObject({ statusCode: 400, param: 'query', type: 'StripeInvalidRequestError' })
  expect(error.message).toContain(words)
})

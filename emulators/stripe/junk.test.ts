import { expect, test } from 'vitest'
import { resources } from './registry.ts'
import { shop, startStripe } from './test-desk.ts'

const JUNK = [
  '',
  'amount=1',
  'amount=-1&currency=usd&customer=x',
  'amount=99999999999999999999&currency=usd',
  'items=x',
  'items[0]=x&items[1][price]=y',
  'items[0][price][0]=x&customer[id]=1',
  'metadata[a][b]=1&metadata[c]=2',
  'metadata=x&lines[0][type]=custom_line_item&invoice=in_1',
  '__proto__[polluted]=1&constructor=1&hasOwnProperty=1',
  'expand[]=data.customer&expand[1]=x.y&expand=z',
  '[]=1&[a]=2&a]=3&a[=4',
  'limit=0&starting_after=cus_1&ending_before=cus_2',
  'created[gte]=x&created=1',
  'name=%00&email=%ff%fe&description=\u{1F4A5}',
  `x${'[a]'.repeat(40)}=1`,
  'subscription=sub_1&charge=ch_1&payment_intent=pi_1&refund=re_1&price=price_1',
  'product=toString&customer=__proto__&payment_method=constructor',
]

test('no request makes the emulator fail: junk is answered with an error object below 500', async () => {
  const { stripe, base, control } = await startStripe()
  const { customer, price } = await shop(stripe)
  const sub = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] })
  const charge = (await stripe.charges.list()).data[0]
  const ids = [
    customer.id,
    price.id,
    sub.id,
    String(sub.latest_invoice),
    String(charge?.id),
    'nope',
    '__proto__',
    '%00',
  ]
  const headers = { authorization: 'Bearer sk_test_1', 'content-type': 'application/x-www-form-urlencoded' }
  const failures: string[] = []
  let asked = 0
  for (const { method, path } of Object.values(resources).flat()) {
    for (const [index, junk] of JUNK.entries()) {
      const target = path.replace(':id', String(ids[(index + path.length) % ids.length])).replace(':sub', 'x')
      const query = method === 'POST' ? '' : `?${encodeURI(junk)}`
      const answer = await fetch(`${base}/stripe${target}${query}`, {
        method,
        headers,
        ...(method === 'POST' ? { body: junk } : {}),
      })
      const body = (await answer.json()) as { error?: unknown }
      asked += 1
      if (answer.status >= 500 || (answer.status >= 400 && body.error === undefined))
        failures.push(`${method} ${target} ${junk}: ${JSON.stringify(body)}`)
    }
  }
  expect(failures).toEqual([])
  expect(asked).toBeGreaterThan(1000)
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  expect(await control('GET', '/state')).toMatchObject({ counts: { subscription: 1 } })
})

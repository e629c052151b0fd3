import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeCharges, operationFailpoints, startCrashDesk, type CrashDesk } from '#test/billing/crash-desk.ts'
import { reconcile, within } from '#test/billing/refund-accounts.ts'
import { randomFrom } from '#test/deaths.ts'
import { until } from '#test/running-desk.ts'

const seed = 20261122
const count = 200
/** So many charges are clicked in one life of the desk, and so many lives there are. */
const batch = 22
const lives = 15
/** Of the 20.00 paid: of this Stripe itself would take a second one, */
const small = 900
/** and of this, ordered by two agents at once, there is room for one. */
const large = 1200

const random = randomFrom(seed)
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
const places = [...operationFailpoints, 'webhook.after_store']
const weathers = ['500_after', 'lost_answer', '429', '500_before', 'lost_request', '500_after']

type Wanted = { charge: string; amount: number; isContested: boolean; isDisputed: boolean }

let desk: CrashDesk
let second: string
beforeAll(async () => {
  desk = await startCrashDesk()
  const { body } = await desk.api<{ secret: string }>('POST', '/api-keys', { name: 'second', role: 'agent' })
  second = body.secret
}, 120_000)
afterAll(() => desk.remove())

/** One click of an agent, from looking to ordering; what dies on the way is not known to them. */
async function click({ charge, amount }: Wanted, key?: string): Promise<void> {
  const as: Record<string, string> = key ? { authorization: `Bearer ${key}` } : {}
  try {
    const { body } = await desk.api<{ previewId: string }>('POST', '/refunds/preview', { charge, cause: 'outage' }, as)
    await desk.api('POST', '/refunds', { previewId: body.previewId, amount }, as)
  } catch {
    // The desk died.
  }
}

const disputes = new Map<string, Promise<unknown>>()

/** The outside world goes away with the desk and comes back with it. */
async function openDispute({ charge }: Wanted): Promise<void> {
  await sleep(random() * 2500)
  const bank = async () => (await desk.world('POST', '/stripe/disputes', { charge })).status < 500
  await until(bank, 'the bank to be heard', 120)
}

/** A life that ends at this place, or by kill -9 some seconds after the clicks. */
async function live(spec: string, wanted: readonly Wanted[]): Promise<void> {
  await desk.startToDie(spec)
  const fault = {
    kind: pick(weathers),
    times: 1 + Math.floor(random() * 3),
    match: { method: 'POST', path: '^/v1/(credit_notes|refunds)$' },
  }
  await desk.world('POST', '/stripe/faults', fault).catch(() => {})
  const clicks = wanted.map(async (one) => {
    await sleep(random() * 1000)
    if (one.isDisputed && !disputes.has(one.charge)) disputes.set(one.charge, openDispute(one))
    await Promise.all([click(one), one.isContested && click(one, second)])
  })
  await Promise.race([desk.ended(), sleep(4000 + random() * 3000)])
  await desk.kill()
  await Promise.all(clicks)
}

async function ordered(): Promise<Set<string>> {
  return new Set(
    (await desk.query<{ charge: string }>('select charge from operations', [])).map(({ charge }) => charge),
  )
}

const atRest = () =>
  until(
    async () => {
      const moving = `select from operations where state not in ('done', 'failed')`
      return (await desk.query(moving, [])).length === 0
    },
    'every operation to rest',
    180,
  )

test(`${count} refunds through deaths at every place, bad weather, disputes and two agents at once happen once each`, async () => {
  const charges = [...(await makeCharges(desk, count / 2)), ...(await makeCharges(desk, count / 2))]
  expect(new Set(charges).size).toBe(count)
  const wanted = charges.map((charge, index) => {
    const isContested = index % 4 === 1
    return { charge, isContested, isDisputed: index % 10 === 4, amount: isContested ? large : small }
  })
  await desk.world('POST', '/stripe/webhooks', { duplicate: 1, reorder: true })
  await desk.stop()
  let left = wanted
  let life = 0
  while (left.length > 0 && life < lives) {
    const place = places[life++ % places.length]
    await live(`${place}:${4 + Math.floor(random() * 20)}`, left.slice(0, batch))
    const taken = await ordered()
    left = left.filter(({ charge }) => !taken.has(charge))
  }
  await desk.start()
  await Promise.all(disputes.values())
  await desk.world('DELETE', '/stripe/faults')
  // What the desk never took in is asked for again; what it took in must not be done a second time.
  await Promise.all(left.map((one) => click(one)))
  await atRest()

  let moved = 0
  for (const { charge, amount, isDisputed } of wanted) {
    const came = await until(() => reconcile(desk, charge), `the accounts of ${charge} to agree`, 90)
    await within(desk, charge)
    if (isDisputed) expect([0, amount], charge).toContain(came.moved)
    else expect({ charge, ...came }).toMatchObject({ done: 1, moved: amount })
    moved += came.moved
  }
  const [ledger] = await desk.query<{ sum: number }>(
    `select sum((data ->> 'amount')::int)::int as sum from events where type = 'refund.made'`,
    [],
  )
  expect(ledger?.sum).toBe(moved)
  console.log(`${count} charges, ${life} deaths, ${count - left.length} taken in among them, ${moved / 100} USD back`)
  // Else the deaths met an idle desk.
  expect(left.length).toBeLessThan(count / 3)
}, 480_000)

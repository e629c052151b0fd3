import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDesk, systemActor, type Desk } from '#server/desk.ts'
import { createTestWorld, type TestWorld } from '#test/build.ts'
import { compareEvents } from './actions/compare-events.ts'
import { fetchMirror } from './actions/fetch-mirror.ts'
import { processWebhooks } from './actions/process-webhooks.ts'
import { saveCompared } from './store/connection.ts'
import { claimStale, keepRead, type Reading } from './store/mirror.ts'
import { storeEvents } from './store/webhook-events.ts'
import type { ListFilter, Payments, StripeEvent, StripeObject } from './ports.ts'

const leaseSeconds = 90

let kit: TestWorld
beforeAll(async () => {
  kit = await createTestWorld()
})
afterAll(() => kit.close())

/** What a page of the list shows. */
const pageSize = 4

/** A Stripe of seven charges whose events are the test's to deliver, and a desk of its own account on the shared database. */
function world(account: string, codes: number[]) {
  const ids = ['ch_1', 'ch_2', 'ch_3', 'ch_4', 'ch_5', 'ch_6', 'ch_7']
  // More within one second than a page shows.
  const createdOf = (id: string) => 1000 + Math.floor(ids.indexOf(id) / 5)
  const truth = new Map(ids.map((id) => [id, 0]))
  const deleted = new Set<string>()
  const listed: StripeEvent[] = []
  const pending: StripeEvent[] = []
  const readings: { reading: Reading; seen: StripeObject | null | undefined }[] = []
  const objectOf = (id: string): StripeObject | null =>
    deleted.has(id) ? null : { id, object: 'charge', created: createdOf(id), version: truth.get(id) ?? 0 }
  const pageOf = ({ created }: ListFilter, after: string | null) => {
    const within = ids.filter((id) => createdOf(id) >= (created?.gte ?? 0) && createdOf(id) <= (created?.lte ?? 9999))
    const following = within.toReversed().slice(after === null ? 0 : within.toReversed().indexOf(after) + 1)
    const items = following.flatMap((id) => objectOf(id) ?? [])
    return { items: items.slice(0, pageSize), next: items.length > pageSize ? (items[pageSize - 1]?.id ?? null) : null }
  }
  let pages = 0
  let outrun = 0
  const payments = {
    account,
    apiVersion: 'now',
    retrieve: async (_kind: string, id: string) => objectOf(id),
    // Things go on while a page is read; some pages show what was before, others what is after.
    list: async (_kind: string, filter: ListFilter, from: string | null) => {
      const [before, choice] = [pageOf(filter, from), codes.length]
      for (let more = 2 + (choice % 3); more > 0 && codes.length > 0; more--) {
        const code = codes.shift() ?? 0
        await meanwhile[code % meanwhile.length]?.(Math.floor(code / meanwhile.length))
      }
      const after = pageOf(filter, from)
      pages += 1
      if (choice % 2 && JSON.stringify(before) !== JSON.stringify(after)) outrun += 1
      return choice % 2 ? before : after
    },
    events: async () => ({ items: listed.toReversed(), newest: listed.at(-1)?.created ?? null, next: null }),
  } as unknown as Payments
  const desk: Desk = createDesk({ ...kit.world, ports: { ...kit.world.ports, payments } }, systemActor)
  const pick = <T>(list: readonly T[], choice: number): T | undefined => list[choice % list.length]
  const change = (choice: number) => {
    const id = pick(ids, choice) ?? ''
    if (choice % 11 === 10) deleted.add(id)
    truth.set(id, (truth.get(id) ?? 0) + 1)
    // What an event says is not believed: an old state of the object, in an old version of the API.
    const object = { id, object: 'charge', version: -1, ...(choice % 7 ? { created: createdOf(id) } : {}) }
    const event = {
      id: `evt_${listed.length}`,
      type: 'charge.updated',
      created: 1,
      apiVersion: '2020-08-27',
      object,
      payload: { data: { object } },
    }
    listed.push(event)
    for (let copies = 0; copies <= choice % 3; copies++) pending.push(event)
  }
  const end = async (choice: number) => {
    const one = pick(readings, choice)
    if (!one) return
    readings.splice(readings.indexOf(one), 1)
    const object = one.seen === undefined ? objectOf(one.reading.id) : one.seen
    await desk.transaction((tx) => keepRead(tx, account, [{ ...one.reading, object }]))
  }
  /** Some readings see what Stripe has as they begin, others only as they end. */
  const claim = async (choice: number) => {
    for (const reading of await claimStale(desk, account, 2, leaseSeconds))
      readings.push({ reading, seen: choice % 2 ? objectOf(reading.id) : undefined })
  }
  const deliver = async (events: readonly StripeEvent[]) => {
    for (const event of events) pending.splice(pending.indexOf(event), 1)
    await storeEvents(desk, account, events, 'webhook')
    await processWebhooks(desk)
  }
  const changeMany = (choice: number) => {
    for (let at = 0; at < 5; at++) change(choice + at)
  }
  const meanwhile: ((choice: number) => Promise<void> | void)[] = [
    change,
    changeMany,
    (choice) => deliver(pending.slice(0, choice % 4)),
    () => deliver([...new Set(pending)]),
    end,
  ]
  let oldVersionsLeft = 0
  const acts: ((choice: number) => Promise<void> | void)[] = [
    change,
    changeMany,
    async (choice) => {
      const event = pick(pending, choice)
      if (event) await deliver([event])
    },
    () => deliver([...new Set(pending)]),
    async () => void (await fetchMirror(desk)),
    async () => void (await fetchMirror(desk)),
    // Lost.
    (choice) => void pending.splice(choice % (pending.length || 1), 1),
    claim,
    claim,
    end,
    // A worker dies with its reading.
    (choice) => void (choice % 3 === 0 && readings.splice(choice % (readings.length || 1), 1)),
    () => kit.clock.advance({ seconds: 2 * leaseSeconds }),
  ]
  return {
    async run() {
      const left = codes.length % 3
      await saveCompared(desk, account, 0)
      for (let code = codes.shift(); code !== undefined; code = codes.shift())
        await acts[code % acts.length]?.(Math.floor(code / acts.length))
      await compareEvents(desk)
      await processWebhooks(desk)
      kit.clock.advance({ seconds: 2 * leaseSeconds })
      // Of what was still under way, some ends before everything is read again and some only after.
      for (let before = left; before > 0; before--) await end(before)
      await fetchMirror(desk)
      oldVersionsLeft += readings.filter(({ reading, seen }) => seen && seen.version !== truth.get(reading.id)).length
      while (readings.length > 0) await end(0)
      const { rows } = await kit.world.pool.query<{ id: string; version: number | null; deleted: boolean }>(
        `select id, (data ->> 'version')::int as version, deleted from mirror_objects where stripe_account = $1 order by id`,
        [account],
      )
      const changed = ids.filter((id) => (truth.get(id) ?? 0) > 0)
      const expected = changed.map((id) => ({ id, state: deleted.has(id) ? 'gone' : truth.get(id) }))
      return {
        kept: rows.map((row) => ({ id: row.id, state: row.deleted ? 'gone' : row.version })),
        expected,
        events: listed.length,
        oldVersionsLeft,
        pages,
        outrun,
      }
    },
  }
}

test('two hundred histories of late, doubled, lost and reordered events, read by pages and one by one, end as Stripe has it', async () => {
  let account = 0
  let events = 0
  let late = 0
  let pages = 0
  let outrun = 0
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(9999), { minLength: 15, maxLength: 45, size: 'max' }), async (codes) => {
      const { kept, expected, ...counts } = await world(`history ${(account += 1)}`, [...codes]).run()
      events += counts.events
      late += counts.oldVersionsLeft
      pages += counts.pages
      outrun += counts.outrun
      expect(kept).toEqual(expected)
    }),
    { numRuns: 200, seed: 20261122 },
  )
  expect(events).toBeGreaterThan(500)
  // Readings that began before the last change and ended after everything was settled.
  expect(late).toBeGreaterThan(5)
  // Readings by pages, and those that showed something older than what Stripe had as they came.
  expect(pages).toBeGreaterThan(200)
  expect(outrun).toBeGreaterThan(20)
}, 120_000)

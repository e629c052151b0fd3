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
import type { Payments, StripeEvent, StripeObject } from './ports.ts'

const leaseSeconds = 90

let kit: TestWorld
beforeAll(async () => {
  kit = await createTestWorld()
})
afterAll(() => kit.close())

/** A Stripe of three charges whose events are the test's to deliver, and a desk of its own account on the shared database. */
function world(account: string) {
  const ids = ['ch_1', 'ch_2', 'ch_3']
  const truth = new Map(ids.map((id) => [id, 0]))
  const deleted = new Set<string>()
  const listed: StripeEvent[] = []
  const pending: StripeEvent[] = []
  const readings: { reading: Reading; seen: StripeObject | null | undefined }[] = []
  const objectOf = (id: string): StripeObject | null =>
    deleted.has(id) ? null : { id, object: 'charge', version: truth.get(id) ?? 0 }
  const payments = {
    account,
    apiVersion: 'now',
    retrieve: async (_kind: string, id: string) => objectOf(id),
    list: async () => ({ items: [], next: null }),
    events: async () => ({ items: listed.toReversed(), next: null }),
  } as unknown as Payments
  const desk: Desk = createDesk({ ...kit.world, ports: { ...kit.world.ports, payments } }, systemActor)
  const pick = <T>(list: readonly T[], choice: number): T | undefined => list[choice % list.length]
  const change = (choice: number) => {
    const id = pick(ids, choice) ?? ''
    if (choice % 11 === 10) deleted.add(id)
    truth.set(id, (truth.get(id) ?? 0) + 1)
    // What an event says is not believed: an old state of the object, in an old version of the API.
    const object = { id, object: 'charge', version: -1 }
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
  let oldVersionsLeft = 0
  const acts: ((choice: number) => Promise<void> | void)[] = [
    change,
    change,
    async (choice) => {
      const event = pick(pending, choice)
      if (!event) return
      pending.splice(pending.indexOf(event), 1)
      await storeEvents(desk, account, [event], 'webhook')
      await processWebhooks(desk)
    },
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
    async run(codes: readonly number[]) {
      await saveCompared(desk, account, 0)
      for (const code of codes) await acts[code % acts.length]?.(Math.floor(code / acts.length))
      await compareEvents(desk)
      await processWebhooks(desk)
      kit.clock.advance({ seconds: 2 * leaseSeconds })
      // Of what was still under way, some ends before everything is read again and some only after.
      for (let before = codes.length % 3; before > 0; before--) await end(before)
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
      }
    },
  }
}

test('two hundred histories of late, doubled, lost and reordered events end as Stripe has it', async () => {
  let account = 0
  let events = 0
  let late = 0
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(9999), { minLength: 15, maxLength: 45, size: 'max' }), async (codes) => {
      const { kept, expected, ...counts } = await world(`history ${(account += 1)}`).run(codes)
      events += counts.events
      late += counts.oldVersionsLeft
      expect(kept).toEqual(expected)
    }),
    { numRuns: 200, seed: 20261122 },
  )
  expect(events).toBeGreaterThan(500)
  // Readings that began before the last change and ended after everything was settled.
  expect(late).toBeGreaterThan(5)
}, 120_000)

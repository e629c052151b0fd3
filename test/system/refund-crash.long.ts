import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { makeCharges, operationFailpoints, startCrashDesk, type CrashDesk } from '#test/billing/crash-desk.ts'

let desk: CrashDesk
beforeAll(async () => {
  desk = await startCrashDesk()
}, 120_000)
afterAll(() => desk.remove())
// A test that failed may have left it dead, which says nothing of the next.
beforeEach(async () => {
  await desk.api('GET', '/me').catch(() => desk.start())
})

const once = { state: 'done', refunds: 1 }
const minutes = 60_000

// Many deaths in a row, and bad weather on top, are in refund-kills.long.ts.

/** Orders them all at once; those that died with the desk are ordered again afterwards. */
async function orderAll(charges: string[]): Promise<void> {
  await Promise.all(charges.map((charge) => desk.order(charge)))
}

/** What the desk never took in is asked for again; what it took in must not be done a second time. */
async function finish(charges: string[]) {
  const first = await desk.check(charges)
  for (const [index, { state }] of first.entries()) if (state === 'none') await desk.order(charges[index] ?? '')
  return desk.check(charges)
}

test.each(operationFailpoints.flatMap((name) => [1, 3].map((n) => `${name}:${n}`)))(
  'twenty refunds, killed at %s, happen once each',
  async (spec) => {
    const charges = await makeCharges(desk, 20)
    await desk.stop()
    await desk.startToDie(spec)
    await orderAll(charges)
    await desk.ended()
    await desk.start()
    expect(await finish(charges)).toEqual(charges.map(() => once))
  },
  5 * minutes,
)

test.each([50, 300, 1200])(
  'twenty refunds with the desk killed %i ms after the first order happen once each',
  async (ms) => {
    const charges = await makeCharges(desk, 20)
    const ordering = orderAll(charges)
    await sleep(ms)
    await desk.kill()
    await ordering
    await desk.start()
    expect(await finish(charges)).toEqual(charges.map(() => once))
  },
  5 * minutes,
)

test.each([100, 500])(
  'twenty refunds with PostgreSQL killed %i ms after the first order happen once each',
  async (ms) => {
    const charges = await makeCharges(desk, 20)
    const ordering = orderAll(charges)
    await sleep(ms)
    const pidFile = await readFile(join(desk.dataDir, 'pg/data/postmaster.pid'), 'utf8')
    process.kill(Number(pidFile.split('\n')[0]), 'SIGKILL')
    await ordering
    expect(await finish(charges)).toEqual(charges.map(() => once))
  },
  5 * minutes,
)

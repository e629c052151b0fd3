import { afterAll, beforeAll, expect, test } from 'vitest'
import { operationFailpoints, startCrashDesk, type CrashDesk } from '#test/billing/crash-desk.ts'
import { until } from '#test/running-desk.ts'

type Account = { key: string; seats: number; effects: Record<string, number> }
type Operation = { id: string; state: string; product: { key: string } | null }

let desk: CrashDesk
let action: string
/** Actions name an address, so the product must come back where it was. */
let samePort: { EMULATORS_PORT: string }

beforeAll(async () => {
  desk = await startCrashDesk()
  const outside = /outside world .* is at (\S+)/.exec(desk.said().stdout)?.[1] ?? ''
  samePort = { EMULATORS_PORT: new URL(outside).port }
  const { body: made } = await desk.api<{ secret: string }>('POST', '/product-port/secrets', { use: 'calls' })
  await desk.world('PUT', '/product/connection', { calls: made.secret })
  const { body } = await desk.api<{ id: string }>('POST', '/product-actions', {
    name: 'set_seats',
    title: 'Set seats',
    parameters: [{ name: 'seats', label: 'Seats', type: 'integer', required: true }],
    effect: '{key} gets {seats} seats.',
    endpoint: `${outside}/product/act`,
    statusEndpoint: `${outside}/product/status`,
    permission: 'tickets.write',
    approval: { role: 'none' },
    needsAuthority: false,
    destructive: false,
    expects: [{ field: 'seats', parameter: 'seats' }],
    enabled: true,
  })
  action = body.id
}, 120_000)
afterAll(() => desk?.remove())

/** Orders nine seats from a preview; nothing is said when the desk dies on the way. */
async function order(previewId: string): Promise<void> {
  await desk.api('POST', '/product-operations', { previewId }).catch(() => undefined)
}

/** One line an account, once all rests: how many operations, their state, what the product did, and what it has now. */
async function outcome(keys: string[]) {
  const operations = await until(
    async () => {
      const { items } = (await desk.api<{ items: Operation[] }>('GET', '/operations?limit=100')).body
      return items.every(({ state }) => ['done', 'failed', 'unknown'].includes(state)) && items
    },
    'every operation to rest',
    120,
  )
  const { items: accounts } = (await desk.world<{ items: Account[] }>('GET', '/product/accounts')).body
  return keys.map((key) => {
    const own = operations.filter(({ product }) => product?.key === key)
    const account = accounts.find((one) => one.key === key)
    return {
      states: own.map(({ state }) => state),
      seats: account?.seats,
      effects: own.map(({ id }) => account?.effects[id]),
      others: Object.keys(account?.effects ?? {}).length - own.length,
    }
  })
}

test.each(operationFailpoints.flatMap((name) => [1, 3].map((n) => `${name}:${n}`)))(
  'five changes of seats, killed at %s, happen once each, from the previews they were ordered by',
  async (spec) => {
    const keys = Array.from({ length: 5 }, (_, at) => `ws_${spec.replaceAll(/\W/g, '_')}_${at}`)
    const previews = await Promise.all(
      keys.map(async (key) => {
        await desk.world('POST', '/product/accounts', { key, name: key, email: 'ann@acme.test', seats: 5 })
        const asked = { actionId: action, key, parameters: { seats: 9 } }
        return (await desk.api<{ previewId: string }>('POST', '/product-operations/preview', asked)).body.previewId
      }),
    )
    await desk.stop()
    await desk.start({ ...samePort, MAINSTAY_FAILPOINT: spec }).catch((error: Error) => {
      if (!error.message.startsWith('The desk ended with null')) throw error
    })
    await Promise.all(previews.map(order))
    await desk.ended()
    await desk.start(samePort)
    // What was taken in before it died is not ordered a second time by this.
    await Promise.all(previews.map(order))
    expect(await outcome(keys)).toEqual(keys.map(() => ({ states: ['done'], seats: 9, effects: [1], others: 0 })))
  },
  300_000,
)

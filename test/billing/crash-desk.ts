import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { failpoints, type Failpoint } from '#platform/failpoints.ts'
import { startRunningDesk, until, type RunningDesk } from '#test/running-desk.ts'
import { payOnce } from './billing-desk.ts'
import { shopClient, type Books } from './stripe-world.ts'

/** The places where a money call may be interrupted, from the list in the code. */
export const operationFailpoints = (Object.keys(failpoints) as Failpoint[]).filter((name) =>
  name.startsWith('operation.'),
)

/** Less than half of a charge, so that Stripe itself would take the refund a second time. */
const part = 900

type Operation = { id: string; state: string; sentence: string; result: { refundId: string | null } }
export type CrashDesk = Awaited<ReturnType<typeof startCrashDesk>>

/** A desk in processes of its own with charges to refund; `order` and `check` work across its deaths. */
export async function startCrashDesk() {
  const desk = await startRunningDesk()
  const stripe = () => shopClient(/outside world .* is at (\S+)/.exec(desk.said().stdout)?.[1] ?? '')
  /** Started to die at a failpoint, which what was left unfinished may reach before the desk is ready. */
  const startToDie = (failpoint: string) =>
    desk.start({ MAINSTAY_FAILPOINT: failpoint }).catch((error: Error) => {
      if (!error.message.startsWith('The desk ended with null')) throw error
    })
  return {
    ...desk,
    stripe,
    startToDie,
    order: (charge: string) => order(desk, charge),
    check: (ids: string[]) => check(desk, ids),
    books: async (charge: string) => {
      const { body } = await desk.world<{ charges: Books[] }>('GET', `/stripe/ledger?charge=${charge}`)
      if (!body.charges[0]) throw new Error(`Stripe has no books of ${charge}`)
      return body.charges[0]
    },
    query: <T>(text: string, values: unknown[]) => query<T>(desk, text, values),
  }
}

/** Of the desk's database, which lives on while the desk is dead. */
async function query<T>({ dataDir }: RunningDesk, text: string, values: unknown[]): Promise<T[]> {
  const { password, port } = JSON.parse(await readFile(join(dataDir, 'database.json'), 'utf8'))
  const database = new Client({ host: '127.0.0.1', port, user: 'mainstay', password, database: 'mainstay' })
  await database.connect()
  try {
    return (await database.query(text, values)).rows
  } finally {
    await database.end()
  }
}

/** Charges of one customer, every second one on an invoice. */
export async function makeCharges({ stripe: client }: CrashDesk, count: number): Promise<string[]> {
  const stripe = client()
  const customer = await stripe.customers.create({
    email: 'ada@example.com',
    payment_method: 'pm_card_visa',
    invoice_settings: { default_payment_method: 'pm_card_visa' },
  })
  const product = await stripe.products.create({ name: 'Pro' })
  const price = await stripe.prices.create({
    product: product.id,
    currency: 'usd',
    unit_amount: 2000,
    recurring: { interval: 'month' },
  })
  for (let made = 0; made < count; made++) {
    if (made % 2) await payOnce(stripe, customer.id, 2000)
    else await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] })
  }
  const charges = await stripe.charges.list({ customer: customer.id, limit: 100 })
  return charges.data.map(({ id }) => id)
}

/** Orders a refund; the id of its operation, or nothing when the desk died on the way. */
async function order(desk: RunningDesk, charge: string): Promise<string | undefined> {
  try {
    const preview = await desk.api<{ previewId: string }>('POST', '/refunds/preview', { charge, cause: 'outage' })
    const made = await desk.api<Operation>('POST', '/refunds', { previewId: preview.body.previewId, amount: part })
    return made.status === 201 ? made.body.id : undefined
  } catch {
    return undefined
  }
}

/** Waits until every operation rests, then compares the desk's word with Stripe's books: each refund once, none unnamed. */
async function check(desk: RunningDesk, charges: string[]): Promise<{ state: string; refunds: number }[]> {
  const operations = await until(
    async () => {
      const { body } = await desk.api<{ items: (Operation & { target: { charge: string } })[] }>(
        'GET',
        '/operations?limit=100',
      )
      return body.items.every(({ state }) => ['done', 'failed', 'unknown'].includes(state)) && body.items
    },
    'every operation to rest',
    90,
  )
  return Promise.all(
    charges.map(async (charge) => {
      const { body } = await desk.world<{ charges: Books[] }>('GET', `/stripe/ledger?charge=${charge}`)
      const books = body.charges[0]
      const own = operations.filter(({ target }) => target.charge === charge)
      const done = own.find(({ state }) => state === 'done')
      const isSame = (done?.result.refundId ?? undefined) === books?.refunds[0]?.id
      return { state: isSame ? (own[0]?.state ?? 'none') : 'differs', refunds: books?.refunds.length ?? -1 }
    }),
  )
}

import { Stripe } from 'stripe'
import { until } from '#test/running-desk.ts'
import { watchProcesses } from './process-figures.ts'
import { count, percentiles, round, say, type Bench } from './result.ts'
import { openDatabase } from './seed-tickets.ts'
import { busiestSecond, signingSecret, startStripeDesk } from './stripe-desk.ts'

/**
 * Stripe's events sent in any order as fast as they are taken, until the mirror has read all they tell of. `--n` customers who
 * subscribe, pay and change their name (200). The percentiles are those of the answers to the webhooks.
 */
export const webhooks: Bench = async (options) => {
  const n = count(options, 'n', 200)
  const { desk, stripe, reads, status, close } = await startStripeDesk()
  const database = await openDatabase(desk.dataDir)
  try {
    say(`Letting ${n} customers subscribe at the emulated Stripe.`)
    const product = await stripe.products.create({ name: 'Pro' })
    const price = await stripe.prices.create({
      product: product.id,
      currency: 'usd',
      unit_amount: 4900,
      recurring: { interval: 'month' },
    })
    for (let made = 0; made < n; made++) {
      const customer = await stripe.customers.create({
        email: `c${made}@example.com`,
        payment_method: 'pm_card_visa',
        invoice_settings: { default_payment_method: 'pm_card_visa' },
      })
      await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] })
      await stripe.customers.update(customer.id, { name: `Customer ${made}` })
    }
    const events: Stripe.Event[] = []
    for await (const event of stripe.events.list({ limit: 100 })) events.push(event)
    const shuffled = events.map((event, index) => ({ event, at: (index * 7919) % events.length }))
    shuffled.sort((a, b) => a.at - b.at)
    const before = reads.length
    const figures = watchProcesses(desk.pid(), desk.dataDir)
    const durations: number[] = []
    const started = performance.now()
    const send = async () => {
      for (let next = shuffled.pop(); next; next = shuffled.pop()) {
        const payload = JSON.stringify(next.event)
        const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret: signingSecret })
        const began = performance.now()
        const { status: code } = await fetch(`${desk.url()}/hooks/stripe`, {
          method: 'POST',
          body: payload,
          headers: { 'stripe-signature': signature },
        })
        durations.push(performance.now() - began)
        if (code !== 200) throw new Error(`a webhook was answered ${code}`)
      }
    }
    await Promise.all(Array.from({ length: 8 }, send))
    say(`All ${events.length} are taken in after ${round((performance.now() - started) / 1000)} s.`)
    await until(
      async () => {
        const { rows } = await database.query('select 1 from webhook_events where processed_at is null limit 1')
        return rows.length === 0 && (await status()).waiting === 0
      },
      'the mirror to converge',
      600,
    )
    const seconds = (performance.now() - started) / 1000
    const peakMb = figures.peakMb()
    const { desk: deskMs = 0, database: databaseMs = 0 } = figures.cpuMs()
    figures.stop()
    const { rows } = await database.query<{ n: string }>(
      `select count(*) as n from mirror_objects where kind = 'customer' and data ->> 'name' like 'Customer %'`,
    )
    if (Number(rows[0]?.n) !== n) throw new Error(`${rows[0]?.n} of ${n} customers are mirrored as they are`)
    const made = reads.slice(before)
    return {
      name: 'webhooks',
      sizes: { customers: n, events: events.length },
      ops: events.length,
      seconds: round(seconds),
      perSecond: round(events.length / seconds),
      ms: percentiles(durations),
      peakMb,
      quality: {
        reads: made.length,
        readsPerSecond: round(made.length / seconds),
        busiestSecond: busiestSecond(made),
        cpuMsPerEvent: round((deskMs + databaseMs) / events.length),
      },
      checked: ['every webhook was answered 200', `${n} customers are mirrored with their last name`],
    }
  } finally {
    await database.end()
    await close()
  }
}

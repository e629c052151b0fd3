import { until } from '#test/running-desk.ts'
import { watchProcesses } from './process-figures.ts'
import { count, percentiles, round, say, type Bench } from './result.ts'
import { busiestSecond, startStripeDesk } from './stripe-desk.ts'

/** A copy of everything at the emulated Stripe. `--n` customers with a payment each (1500). The percentiles are of the time between reads. */
export const backfill: Bench = async (options) => {
  const n = count(options, 'n', 1500)
  const { desk, stripe, reads, status, close } = await startStripeDesk()
  try {
    say(`Making ${n} customers with a payment each at the emulated Stripe.`)
    for (let made = 0; made < n; made++) {
      const customer = await stripe.customers.create({ email: `c${made}@example.com` })
      await stripe.paymentIntents.create({
        amount: 2000,
        currency: 'usd',
        customer: customer.id,
        payment_method: 'pm_card_visa',
        confirm: true,
      })
    }
    const before = reads.length
    const figures = watchProcesses(desk.pid(), desk.dataDir)
    const started = performance.now()
    const { status: code } = await desk.api('POST', '/billing/mirror/copies')
    if (code >= 300) throw new Error(`the copy was answered ${code}`)
    await until(async () => (await status()).copy?.state === 'done', 'the copy', 600)
    const seconds = (performance.now() - started) / 1000
    const peakMb = figures.peakMb()
    figures.stop()
    const read = (await status()).copy?.read ?? 0
    if (read < 2 * n) throw new Error(`only ${read} of at least ${2 * n} objects were copied`)
    const made = reads.slice(before)
    return {
      name: 'backfill',
      sizes: { customers: n, objects: read },
      ops: read,
      seconds: round(seconds),
      perSecond: round(read / seconds),
      ms: percentiles(made.slice(1).map((at, index) => at - (made[index] ?? at))),
      peakMb,
      quality: { reads: made.length, readsPerSecond: round(made.length / seconds), busiestSecond: busiestSecond(made) },
      checked: [`every one of ${n} customers and ${n} charges was read`],
    }
  } finally {
    await close()
  }
}

import type { Stripe } from 'stripe'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shop, startStripe } from './test-desk.ts'

type Step = { kind: 'refund' | 'note' | 'fail' | 'dispute' | 'win' | 'lose'; amount: number }
type Books = {
  paid: number
  refunded: number
  disputed: number
  credited: number
  net: number
  refunds: { id: string; status: string }[]
  disputes: { id: string; status: string }[]
}

const step = fc.record({
  kind: fc.constantFrom<Step['kind'][]>('refund', 'refund', 'note', 'note', 'fail', 'dispute', 'win', 'lose'),
  amount: fc.integer({ min: 1, max: 3000 }),
})

test('whatever is asked in whatever order, no charge ever gives back more than it took', async () => {
  const { stripe, control } = await startStripe()
  const { customer, price } = await shop(stripe, { unit: 2500 })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      const sub = await stripe.subscriptions.create({
        customer: customer.id,
        items: [{ price: price.id, quantity: 2 }],
        expand: ['latest_invoice.payments.data.payment'],
      })
      const invoice = sub.latest_invoice as Stripe.Invoice
      const intent = await stripe.paymentIntents.retrieve(String(invoice.payments?.data[0]?.payment.payment_intent))
      const charge = String(intent.latest_charge)
      const books = async () => (await control<{ charges: [Books] }>('GET', `/ledger?charge=${charge}`)).charges[0]
      for (const each of steps) {
        const before = await books()
        await attempt(each, before).catch(() => undefined)
        const after = await books()
        expect(after.paid).toBe(5000)
        expect(after.net).toBeGreaterThanOrEqual(0)
        expect(after.refunded + after.credited).toBeLessThanOrEqual(after.paid)
        const shown = await stripe.charges.retrieve(charge)
        expect(shown.amount_refunded).toBe(after.refunded)
        const noted = await stripe.invoices.retrieve(invoice.id)
        expect(noted.post_payment_credit_notes_amount).toBeLessThanOrEqual(noted.amount_paid)
      }

      async function attempt({ kind, amount }: Step, now: Books): Promise<unknown> {
        const open = now.disputes.find((dispute) => dispute.status === 'needs_response')
        if (kind === 'refund') return stripe.refunds.create({ charge, amount })
        if (kind === 'note') return stripe.creditNotes.create({ invoice: invoice.id, amount, refund_amount: amount })
        if (kind === 'fail') return control('POST', '/refund_fails', { refund: now.refunds.at(-1)?.id ?? 're_none' })
        if (kind === 'dispute') return control('POST', '/disputes', { charge })
        return control('POST', `/disputes/${open?.id ?? 'du_none'}/resolve`, {
          outcome: kind === 'win' ? 'won' : 'lost',
        })
      }
    }),
    { numRuns: 40 },
  )
})

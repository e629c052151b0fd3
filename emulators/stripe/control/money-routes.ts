import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import { authenticatePayment } from '../engine/authenticated-payment.ts'
import { escalate } from '../engine/disputing.ts'
import { warn } from '../engine/fraud-warnings.ts'
import { setBilling } from '../engine/billing-settings.ts'
import { change } from '../engine/changes.ts'
import { type Context, must } from '../engine/context.ts'
import { completeRefund } from '../engine/refunding.ts'
import { authenticateSetup } from '../engine/setting-up.ts'
import { invalid } from '../http/errors.ts'

const Outcome = z.strictObject({ outcome: z.enum(['succeeded', 'failed']).default('succeeded') })
const Card = z.strictObject({
  exp_month: z.int().min(1).max(12),
  exp_year: z.int().min(2000).max(2100),
  last4: z
    .string()
    .regex(/^\d{4}$/)
    .optional(),
})
const Warning = z.strictObject({ charge: z.string(), fraud_type: z.string().optional() })
const Billing = z.strictObject({
  retries: z.array(z.int().min(1).max(60)).max(8).optional(),
  subscription: z.enum(['cancel', 'past_due', 'unpaid']).optional(),
  invoice: z.enum(['open', 'uncollectible']).optional(),
})

type Act = <T>(work: (ctx: Context) => T) => T

/** What banks, customers and authorities do with money and papers of the emulated account. */
export function serveMoney(app: FastifyInstance, act: Act): void {
  app.post<{ Params: { id: string } }>('/refunds/:id/complete', async (request) =>
    act((ctx) => {
      const refund = must(ctx, 'refund', request.params.id)
      if (refund.status === 'pending' || refund.status === 'requires_action') return completeRefund(ctx, refund)
      throw invalid('The refund has already ended.', 'refund')
    }),
  )
  app.post<{ Params: { id: string } }>('/payment_intents/:id/authenticate', async (request) => {
    const { outcome } = Outcome.parse(request.body ?? {})
    return act((ctx) =>
      authenticatePayment(ctx, must(ctx, 'payment_intent', request.params.id), outcome === 'succeeded'),
    )
  })
  app.post<{ Params: { id: string } }>('/setup_intents/:id/authenticate', async (request) => {
    const { outcome } = Outcome.parse(request.body ?? {})
    return act((ctx) => authenticateSetup(ctx, must(ctx, 'setup_intent', request.params.id), outcome === 'succeeded'))
  })
  app.post<{ Params: { id: string } }>('/payment_methods/:id/renew', async (request) => {
    const fresh = Card.parse(request.body)
    return act((ctx) => {
      const method = must(ctx, 'payment_method', request.params.id)
      const card = method.card && { ...method.card, ...fresh }
      return change(ctx, 'payment_method', method, { card }, 'payment_method.automatically_updated')
    })
  })
  app.post('/early_fraud_warnings', async (request) => {
    const { charge, fraud_type } = Warning.parse(request.body)
    return act((ctx) => warn(ctx, must(ctx, 'charge', charge, 'charge'), fraud_type))
  })
  app.post<{ Params: { id: string } }>('/disputes/:id/escalate', async (request) =>
    act((ctx) => escalate(ctx, must(ctx, 'dispute', request.params.id))),
  )
  app.post('/billing', async (request) => act((ctx) => setBilling(ctx, Billing.parse(request.body ?? {}))))
}

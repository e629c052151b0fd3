import { randomUUID } from 'node:crypto'
import { Stripe } from 'stripe'
import type { Payments } from '#modules/billing/ports.ts'
import { carryOut, findEffect } from './calls.ts'
import { createClient, type StripeSettings } from './client.ts'
import { answered, isMissing, readFailure } from './failure.ts'
import { plain, resources } from './objects.ts'
import { createPace } from './pace.ts'
import { createdIn, nextOf, paging } from './paging.ts'
import { isListenedTo, listenedTo, presentEvent, readWebhook } from './webhooks.ts'

export type PaymentsSettings = StripeSettings &
  Pick<Payments, 'account' | 'mode' | 'webhooks'> & {
    /** Milliseconds until the next read may begin, over all processes that read this account. */
    turn: () => Promise<number>
  }

/** Reads of one process that are under way together. */
const atOnce = 8

/** Stripe through its official client, whatever address answers as Stripe. */
export function createPayments(settings: PaymentsSettings): Payments {
  const stripe = createClient(settings)
  const pace = createPace({ turn: settings.turn, atOnce })
  const read = <T>(work: () => Promise<T>): Promise<T> =>
    pace(() =>
      work()
        .then(answered)
        .catch((error: unknown) => {
          throw readFailure(error)
        }),
    )
  return {
    account: settings.account,
    mode: settings.mode,
    // Not in line with the reads: it is asked before anything of the account may be written down.
    async identity() {
      const account = await stripe.accounts.retrieveCurrent().then(answered, (error: unknown) => {
        throw readFailure(error)
      })
      return {
        id: account.id,
        name: account.business_profile?.name ?? account.settings?.dashboard?.display_name ?? null,
      }
    },
    apiVersion: Stripe.API_VERSION,
    webhooks: settings.webhooks,
    readWebhook,
    retrieve: (kind, id) =>
      pace(() =>
        resources[kind].retrieve(stripe, id).then(
          (object) => plain(answered(object)),
          (error: unknown) => {
            if (isMissing(error)) return null
            throw readFailure(error)
          },
        ),
      ),
    async list(kind, filter, after) {
      const page = await read(() => resources[kind].list(stripe, filter, { ...paging(after), ...createdIn(filter) }))
      return { items: page.data.map(plain), next: nextOf(page) }
    },
    async invoicePaidBy(paymentIntent) {
      const payment = { type: 'payment_intent' as const, payment_intent: paymentIntent }
      const { data } = await read(() => stripe.invoicePayments.list({ payment, limit: 1 }))
      const invoice = data[0]?.invoice
      return typeof invoice === 'string' ? invoice : (invoice?.id ?? null)
    },
    balanceTransaction: (customer, id) =>
      pace(() =>
        stripe.customers.retrieveBalanceTransaction(customer, id).then(
          (entry) => plain(answered(entry)),
          (error: unknown) => {
            if (isMissing(error)) return null
            throw readFailure(error)
          },
        ),
      ),
    carryOut: (call, key) => carryOut(stripe, call, key),
    find: (lookUp, operationId) => findEffect(stripe, read, lookUp, operationId),
    async events(since, after) {
      // Stripe takes at most twenty types to filter by; we listen to more, and leave out the others here.
      const page = await read(() => stripe.events.list({ created: { gte: since }, ...paging(after) }))
      return {
        items: page.data.filter(isListenedTo).flatMap((event) => presentEvent(event) ?? []),
        newest: page.data[0]?.created ?? null,
        next: nextOf(page),
      }
    },
    ensureEndpoint: (url, known) => read(() => ensureEndpoint(stripe, url, known)),
  }
}

async function ensureEndpoint(
  stripe: Stripe,
  url: string,
  known: { id: string } | null,
): Promise<{ id: string; secret: string | null }> {
  if (known) {
    try {
      const change = { url, enabled_events: listenedTo, disabled: false }
      const updated = await stripe.webhookEndpoints.update(known.id, change, { idempotencyKey: randomUUID() })
      return { id: answered(updated).id, secret: null }
    } catch (error) {
      if (!isMissing(error)) throw error
    }
  }
  const made = answered(
    await stripe.webhookEndpoints.create({ url, enabled_events: listenedTo }, { idempotencyKey: randomUUID() }),
  )
  return { id: made.id, secret: made.secret ?? null }
}

import type { Stripe } from 'stripe'
import { plans, type Currency, type PlanKey } from '../company.ts'

export type Buyer = {
  name: string
  email: string
  card: string
  plan: PlanKey
  currency: Currency
  seats: number
  metadata?: Record<string, string>
  trialDays?: number
  /** Name of one of `offers`. */
  offer?: OfferKey
  testClock?: string
}

export type Move = {
  plan?: PlanKey
  seats?: number
  /** Whether the difference is billed now or with the next invoice. */
  billed: 'now' | 'next'
}

type OfferKey = keyof typeof offers

const offers = {
  welcome: { name: 'Welcome', code: 'WELCOME20', percent_off: 20, duration: 'repeating', duration_in_months: 3 },
  student: { name: 'Student', code: 'STUDENT', percent_off: 50, duration: 'forever' },
} as const

export type Shop = ReturnType<typeof createShop>

/**
 * What Lumenary's own checkout, account page and finance team do at Stripe, each under a key made of the `run` and of `once`:
 * done again after a crash it is the same act. What is looked up is remembered, as nobody else sells here.
 */
export function createShop(stripe: Stripe, run: string) {
  const keyed = (once: string) => ({ idempotencyKey: `${run}.${once}` })

  const products = remember(async (name) => {
    const { data } = await stripe.products.list({ limit: 100 })
    return data.find((one) => one.name === name)?.id ?? (await stripe.products.create({ name })).id
  })
  const prices = remember(async (lookup) => {
    const [known] = (await stripe.prices.list({ lookup_keys: [lookup], limit: 1 })).data
    if (known) return known.id
    const [, plan, currency] = lookup.split('-') as [string, PlanKey, Currency]
    const { product, interval, amounts } = plans[plan]
    const amount = amounts[currency]
    if (amount === undefined) throw new Error(`${product} is not sold in ${currency}`)
    const price = await stripe.prices.create({
      product: await products(product),
      lookup_key: lookup,
      currency,
      unit_amount: amount,
      recurring: { interval },
    })
    return price.id
  })
  const codes = remember(async (key) => {
    const { code, ...coupon } = offers[key as OfferKey]
    const [known] = (await stripe.promotionCodes.list({ code, limit: 1 })).data
    if (known) return known.id
    const { id } = await stripe.coupons.create(coupon, keyed(`offer.${key}.coupon`))
    return (await stripe.promotionCodes.create({ code, promotion: { type: 'coupon', coupon: id } })).id
  })
  const customers = remember(async (email) => (await stripe.customers.list({ email, limit: 1 })).data[0]?.id)

  const priceOf = (plan: PlanKey, currency: Currency) => prices(`lumenary-${plan}-${currency}`)
  async function customerOf(email: string): Promise<string> {
    const id = await customers(email)
    if (id === undefined) throw new Error(`${email} has never bought anything`)
    return id
  }

  async function useCard(customer: string, card: string, options?: { idempotencyKey: string }): Promise<void> {
    const method = await stripe.paymentMethods.attach(card, { customer }, options)
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } })
  }

  async function enrol(once: string, buyer: Buyer): Promise<string> {
    const { name, email, metadata, testClock } = buyer
    const known = testClock === undefined ? await customers(email) : undefined
    if (known !== undefined) return known
    const details = { name, email, ...(metadata ? { metadata } : {}), ...(testClock ? { test_clock: testClock } : {}) }
    const { id } = await stripe.customers.create(details, keyed(`${once}.customer`))
    await useCard(id, buyer.card, keyed(`${once}.card`))
    return id
  }

  return {
    async subscribe(once: string, buyer: Buyer): Promise<void> {
      const customer = await enrol(once, buyer)
      const price = await priceOf(buyer.plan, buyer.currency)
      await stripe.subscriptions.create(
        {
          customer,
          items: [{ price, quantity: buyer.seats }],
          ...(buyer.trialDays ? { trial_period_days: buyer.trialDays } : {}),
          ...(buyer.offer ? { discounts: [{ promotion_code: await codes(buyer.offer) }] } : {}),
        },
        keyed(`${once}.subscription`),
      )
    },

    /** Moves the newest subscription to another plan or number of seats. */
    async move(once: string, email: string, { plan, seats, billed }: Move): Promise<void> {
      const subscription = await newestOf(await customerOf(email))
      const item = subscription.items.data[0]
      if (!item) throw new Error(`${subscription.id} has no item`)
      const price = plan && (await priceOf(plan, subscription.currency as Currency))
      await stripe.subscriptions.update(
        subscription.id,
        {
          items: [{ id: item.id, ...(price ? { price } : {}), ...(seats ? { quantity: seats } : {}) }],
          proration_behavior: billed === 'now' ? 'always_invoice' : 'create_prorations',
        },
        keyed(once),
      )
    },

    /** The customer cancels: the plan runs until what is paid ends. */
    async cancels(once: string, email: string, feedback?: Feedback): Promise<void> {
      const { id } = await newestOf(await customerOf(email))
      const details = feedback ? { cancellation_details: { feedback } } : {}
      await stripe.subscriptions.update(id, { cancel_at_period_end: true, ...details }, keyed(once))
    },

    async newCard(once: string, email: string, card: string): Promise<void> {
      await useCard(await customerOf(email), card, keyed(once))
    },

    /** A card whose date has passed: it is kept, and declined when it is charged next. */
    async cardRunsOut(once: string, email: string, month: Temporal.PlainYearMonth): Promise<void> {
      const customer = await customerOf(email)
      const card = { token: 'tok_visa', exp_month: month.month, exp_year: month.year }
      const { id } = await stripe.paymentMethods.create({ type: 'card', card }, keyed(`${once}.made`))
      await useCard(customer, id, keyed(once))
    },

    /** Pays what is still open, with the card on file. */
    async paysWhatIsOpen(once: string, email: string): Promise<void> {
      const customer = await customerOf(email)
      const { data } = await stripe.invoices.list({ customer, status: 'open', limit: 10 })
      for (const { id } of data) await stripe.invoices.pay(id, {}, keyed(`${once}.${id}`))
    },

    /** Gives part of the newest paid invoice as credit for the next one. */
    async creditsInvoice(once: string, email: string, amount: number, memo: string): Promise<void> {
      const customer = await customerOf(email)
      const [invoice] = (await stripe.invoices.list({ customer, status: 'paid', limit: 1 })).data
      if (!invoice) throw new Error(`${email} has paid nothing`)
      await stripe.creditNotes.create({ invoice: invoice.id, amount, credit_amount: amount, memo }, keyed(once))
    },

    /** The newest charge that went through; undefined when there is none. */
    async lastCharge(email: string): Promise<Stripe.Charge | undefined> {
      return (await chargesOf(email)).find((charge) => charge.status === 'succeeded')
    },

    /** The newest charge that a bank has disputed; undefined when there is none. */
    async lastDisputed(email: string): Promise<Stripe.Charge | undefined> {
      return (await chargesOf(email)).find((charge) => charge.disputed)
    },
  }

  async function chargesOf(email: string): Promise<Stripe.Charge[]> {
    return (await stripe.charges.list({ customer: await customerOf(email), limit: 20 })).data
  }

  async function newestOf(customer: string): Promise<Stripe.Subscription> {
    const [newest] = (await stripe.subscriptions.list({ customer })).data.toSorted((a, b) => b.created - a.created)
    if (!newest) throw new Error(`${customer} has no subscription`)
    return newest
  }
}

type Feedback = 'too_expensive' | 'unused' | 'switched_service' | 'missing_features'

/** Finds each thing once, also for those who ask while it is looked for; what was not found is looked for again. */
function remember<T>(find: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const found = new Map<string, Promise<T>>()
  return (key) => {
    const known = found.get(key)
    if (known) return known
    const looking = find(key)
    found.set(key, looking)
    void looking.then(
      (value) => value === undefined && found.delete(key),
      () => found.delete(key),
    )
    return looking
  }
}

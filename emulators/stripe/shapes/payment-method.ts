import { createHash } from 'node:crypto'
import type { Stripe } from 'stripe'
import type { TestCard } from '../engine/cards.ts'
import type { Context } from '../engine/context.ts'
import { newId } from '../engine/ids.ts'

export const NO_ADDRESS = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null }
export const NO_BILLING: Stripe.PaymentMethod.BillingDetails = {
  address: NO_ADDRESS,
  email: null,
  name: null,
  phone: null,
  tax_id: null,
}

/** The same card number always has the same fingerprint, as detectors of double charges rely on. */
const fingerprint = (number: string) => createHash('sha256').update(number).digest('hex').slice(0, 16)

export function cardPaymentMethod(ctx: Context, card: TestCard): Stripe.PaymentMethod {
  return {
    id: newId('payment_method'),
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: NO_BILLING,
    card: {
      brand: card.brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
      country: card.country,
      display_brand: card.brand,
      exp_month: 8,
      exp_year: new Date(ctx.now * 1000).getUTCFullYear() + 3,
      fingerprint: fingerprint(card.number),
      funding: card.funding,
      generated_from: null,
      last4: card.last4,
      networks: { available: [card.brand], preferred: null },
      regulated_status: 'unregulated',
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    created: ctx.now,
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: 'card',
  }
}

import { randomBytes } from 'node:crypto'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Kinds of stored objects and the prefix of their ids; the prefix is how an id in any field finds its object. */
export const PREFIXES = {
  customer: 'cus',
  product: 'prod',
  price: 'price',
  payment_method: 'pm',
  payment_intent: 'pi',
  charge: 'ch',
  refund: 're',
  subscription: 'sub',
  'billing_portal.configuration': 'bpc',
  'billing_portal.session': 'bps',
  subscription_item: 'si',
  subscription_schedule: 'sub_sched',
  invoice: 'in',
  invoiceitem: 'ii',
  line_item: 'il',
  invoice_payment: 'inpay',
  credit_note: 'cn',
  credit_note_line_item: 'cnli',
  balance_transaction: 'txn',
  dispute: 'du',
  event: 'evt',
  webhook_endpoint: 'we',
  customer_balance_transaction: 'cbtxn',
  'radar.early_fraud_warning': 'issfr',
  file: 'file',
  setup_intent: 'seti',
  tax_rate: 'txr',
  tax_id: 'txi',
  // Coupons have ids of the merchant's own making, so no id ever starts like this.
  coupon: 'coupon',
  promotion_code: 'promo',
  discount: 'di',
  meter: 'mtr',
  test_clock: 'clock',
  meter_event_summary: 'mtrusg',
} as const

type Prefixed = keyof typeof PREFIXES

export function newId(kind: Prefixed): string {
  return `${PREFIXES[kind]}_${token(24)}`
}

export function token(length: number): string {
  return Array.from(randomBytes(length), (byte) => ALPHABET[byte % ALPHABET.length]).join('')
}

export function kindOf(id: string): Prefixed | undefined {
  const prefix = id.slice(0, id.lastIndexOf('_'))
  return (Object.keys(PREFIXES) as Prefixed[]).find((kind) => PREFIXES[kind] === prefix)
}

import * as z from 'zod'
import type {
  BalanceFacts,
  BillingCustomerFacts,
  ChargeFacts,
  CreditNoteFacts,
  DisputeFacts,
  RefundFacts,
} from './facts.ts'

/** Facts, or what in the object is not as Stripe's API 2026-10-28 promises. */
export type Read<T> = { ok: true; facts: T } | { ok: false; sentence: string; problems: string[] }

export function read<T>(schema: z.ZodType<T>, what: string, json: unknown): Read<T> {
  const result = schema.safeParse(json)
  if (result.success) return { ok: true, facts: result.data }
  const problems = result.error.issues.map((issue) => `${issue.path.join('.') || 'object'}: ${issue.message}`)
  return { ok: false, sentence: `This ${what} from Stripe cannot be read: ${problems[0]}.`, problems }
}

/** Text or nothing; Stripe says nothing with null, and sometimes by leaving the field out. */
export const text = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined)
export const whole = z
  .int()
  .nullish()
  .transform((value) => value ?? undefined)
export const units = z
  .int()
  .nullish()
  .transform((value) => value ?? 0)
export const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false)
export const metadata = z
  .record(z.string(), z.string())
  .nullish()
  .transform((value) => value ?? {})

/** An id, also where the object behind it was expanded. */
export const ref = z
  .union([z.string(), z.object({ id: z.string() })])
  .nullish()
  .transform((value) => (typeof value === 'string' ? value : value?.id))

const Customer = z
  .object({
    object: z.literal('customer'),
    id: z.string(),
    deleted: flag,
    name: text,
    email: text,
    balance: units,
    currency: text,
    created: units,
    address: z
      .object({ country: text })
      .nullish()
      .transform((value) => value?.country),
    metadata,
  })
  .transform((raw): BillingCustomerFacts => ({
    id: raw.id,
    deleted: raw.deleted,
    name: raw.name,
    email: raw.email,
    balance: raw.balance,
    currency: raw.currency,
    created: raw.created,
    country: raw.address,
    metadata: raw.metadata,
  }))

/** Only where it was expanded; a bare id says nothing. */
const balance = z
  .union([
    z.string(),
    z.object({
      id: z.string(),
      amount: z.int(),
      currency: z.string(),
      exchange_rate: z.number().nullish(),
      fee: units,
      fee_details: z.array(z.object({ amount: z.int(), description: text, type: text })).nullish(),
      net: z.int(),
      created: units,
    }),
  ])
  .nullish()
  .transform((raw): BalanceFacts | undefined =>
    raw === null || raw === undefined || typeof raw === 'string'
      ? undefined
      : {
          id: raw.id,
          amount: raw.amount,
          currency: raw.currency,
          exchangeRate: raw.exchange_rate ?? undefined,
          fee: raw.fee,
          fees: (raw.fee_details ?? []).map((part) => ({
            amount: part.amount,
            what: part.description ?? part.type ?? 'Fee',
          })),
          net: raw.net,
          created: raw.created,
        },
  )

const Charge = z
  .object({
    object: z.literal('charge'),
    id: z.string(),
    customer: ref,
    payment_intent: ref,
    amount: z.int(),
    amount_captured: z.int(),
    amount_refunded: z.int(),
    currency: z.string(),
    created: z.int(),
    status: z.string(),
    captured: z.boolean(),
    disputed: flag,
    description: text,
    failure_message: text,
    payment_method_details: z
      .object({ type: z.string(), card: z.object({ brand: text, last4: text, fingerprint: text }).nullish() })
      .nullish(),
    balance_transaction: balance,
    metadata,
  })
  .transform((raw): ChargeFacts => ({
    id: raw.id,
    customer: raw.customer,
    paymentIntent: raw.payment_intent,
    amount: raw.amount,
    amountCaptured: raw.amount_captured,
    amountRefunded: raw.amount_refunded,
    currency: raw.currency,
    created: raw.created,
    status: raw.status,
    captured: raw.captured,
    disputed: raw.disputed,
    description: raw.description,
    failure: raw.failure_message,
    method: raw.payment_method_details
      ? { type: raw.payment_method_details.type, ...raw.payment_method_details.card }
      : undefined,
    balance: raw.balance_transaction,
    metadata: raw.metadata,
  }))

const Refund = z
  .object({
    object: z.literal('refund'),
    id: z.string(),
    charge: ref,
    payment_intent: ref,
    amount: z.int(),
    currency: z.string(),
    status: text,
    created: z.int(),
    reason: text,
    failure_reason: text,
    destination_details: z.object({ card: z.object({ type: text, reference: text }).nullish() }).nullish(),
    balance_transaction: balance,
    metadata,
  })
  .transform((raw): RefundFacts => ({
    id: raw.id,
    charge: raw.charge,
    paymentIntent: raw.payment_intent,
    amount: raw.amount,
    currency: raw.currency,
    status: raw.status ?? 'unknown',
    created: raw.created,
    reason: raw.reason,
    failure: raw.failure_reason,
    destination: raw.destination_details?.card?.type,
    reference: raw.destination_details?.card?.reference,
    balance: raw.balance_transaction,
    metadata: raw.metadata,
  }))

const CreditNote = z
  .object({
    object: z.literal('credit_note'),
    id: z.string(),
    number: text,
    invoice: ref.pipe(z.string()),
    status: z.string(),
    currency: z.string(),
    created: z.int(),
    total: z.int(),
    pre_payment_amount: z.int(),
    post_payment_amount: z.int(),
    out_of_band_amount: units,
    reason: text,
    refunds: z.array(z.object({ refund: ref, amount_refunded: z.int() })),
    metadata,
  })
  .transform((raw): CreditNoteFacts => ({
    id: raw.id,
    number: raw.number,
    invoice: raw.invoice,
    status: raw.status,
    currency: raw.currency,
    created: raw.created,
    total: raw.total,
    prePayment: raw.pre_payment_amount,
    postPayment: raw.post_payment_amount,
    outOfBand: raw.out_of_band_amount,
    reason: raw.reason,
    refunds: raw.refunds.flatMap((part) =>
      part.refund ? [{ refund: part.refund, amount: part.amount_refunded }] : [],
    ),
    metadata: raw.metadata,
  }))

const Dispute = z
  .object({
    object: z.literal('dispute'),
    id: z.string(),
    charge: ref,
    amount: z.int(),
    currency: z.string(),
    status: z.string(),
    reason: z.string(),
    created: z.int(),
    is_charge_refundable: flag,
    evidence_details: z.object({ due_by: whole }).nullish(),
    balance_transactions: z.array(balance).nullish(),
  })
  .transform((raw): DisputeFacts => ({
    id: raw.id,
    charge: raw.charge,
    amount: raw.amount,
    currency: raw.currency,
    status: raw.status,
    reason: raw.reason,
    created: raw.created,
    isChargeRefundable: raw.is_charge_refundable,
    dueBy: raw.evidence_details?.due_by,
    balances: (raw.balance_transactions ?? []).filter((one) => one !== undefined),
  }))

export const billingCustomerFacts = (json: unknown): Read<BillingCustomerFacts> => read(Customer, 'customer', json)
export const chargeFacts = (json: unknown): Read<ChargeFacts> => read(Charge, 'charge', json)
export const refundFacts = (json: unknown): Read<RefundFacts> => read(Refund, 'refund', json)
export const creditNoteFacts = (json: unknown): Read<CreditNoteFacts> => read(CreditNote, 'credit note', json)
export const disputeFacts = (json: unknown): Read<DisputeFacts> => read(Dispute, 'dispute', json)

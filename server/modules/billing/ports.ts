import type { Verification } from '#contract/customers.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import type { AttemptOutcome } from './rules/attempts.ts'
import type { Span } from './rules/mirror-pages.ts'
import type { StripeCall } from './rules/stripe-call.ts'

/** What is mirrored, in the order in which a first copy reads it. */
export const mirrorKinds = [
  'customer',
  'product',
  'price',
  'tax_rate',
  'subscription',
  'invoice',
  'charge',
  'refund',
  'credit_note',
  'dispute',
] as const
export type MirrorKind = (typeof mirrorKinds)[number]

/** A Stripe object as JSON; decimals are strings. */
export type StripeObject = { id: string; object?: string } & Record<string, unknown>

export type StripeEvent = {
  id: string
  type: string
  apiVersion: string | null
  /** Epoch seconds. */
  created: number
  object: StripeObject
  payload: unknown
}

/** What became of one write. Only `ok` says that it happened, only `429` and `4xx` that it did not. */
export type CallOutcome =
  | { outcome: 'ok'; found: string }
  | { outcome: Exclude<AttemptOutcome, 'ok' | 'started'>; detail: string; retryAfterMs?: number }

/** Narrows a list; only what the kind's endpoint of Stripe knows is given to it. Every kind knows `created`. */
export type ListFilter = {
  customer?: string
  charge?: string
  invoice?: string
  paymentIntent?: string
  created?: Span
}

/** What billing needs from Stripe. Reads throw UpstreamError; a write tells what became of it and never throws. */
export type Payments = {
  /** Which account this is, by a name of ours; objects of one are never mixed with another's. */
  account: string
  mode: 'emulated' | 'test' | 'live'
  /** The account behind the key, in Stripe's words. */
  identity(): Promise<{ id: string; name: string | null }>
  /** The version of Stripe's API that objects are read in. */
  apiVersion: string
  /** Null when Stripe does not know it. Invoices come with all lines and payments, charges with their balance transaction. */
  retrieve(kind: MirrorKind, id: string): Promise<StripeObject | null>
  /** 100 at a time, newest first; `next` continues. */
  list(
    kind: MirrorKind,
    filter: ListFilter,
    after: string | null,
  ): Promise<{ items: StripeObject[]; next: string | null }>
  /** The invoice a payment intent paid, if any. */
  invoicePaidBy(paymentIntent: string): Promise<string | null>
  /** Carries out a planned write under this idempotency key. */
  carryOut(call: StripeCall, key: string): Promise<CallOutcome>
  /** A movement of a customer's balance; null when Stripe does not know it. */
  balanceTransaction(customer: string, id: string): Promise<StripeObject | null>
  /** The id of the object that carries this operation id in its metadata, or where that cannot be, in its comment. */
  find(lookUp: StripeCall['lookUp'], operationId: string): Promise<string | null>
  /**
   * Events since an epoch second, newest first; none older than 30 days exist. `newest` is the second of the page's newest
   * event, also of one that means nothing to us.
   */
  events(
    since: number,
    after: string | null,
  ): Promise<{ items: StripeEvent[]; newest: number | null; next: string | null }>
  /** The event when the signature over these bytes is good and not older than five minutes at `now` (epoch ms). */
  readWebhook(raw: Buffer, signature: string, secret: string, now: number): StripeEvent | null
  /** Where the signing secret comes from: the configuration, an endpoint we register ourselves, or nowhere. */
  webhooks: { secret: string } | { registerAt: string } | null
  /** Makes our endpoint at Stripe, or brings the known one up to date. A secret comes only with a new one. */
  ensureEndpoint(url: string, known: { id: string } | null): Promise<{ id: string; secret: string | null }>
}

/** Makes the port of a further account, at the address of the first. */
export type ConnectPayments = (
  account: Pick<Payments, 'account' | 'mode' | 'webhooks'> & { secretKey: string },
) => Payments

/** What the inbox knows of whoever wrote a ticket. */
export type TicketRequester = {
  ticketNumber: number
  contactId: Id<'con'>
  /** Of the newest message the requester wrote; null when nobody has written. */
  sender: {
    value: string
    verified: Verification
    auth?: { spf: string; dkim: string; dmarc: string; aligned?: boolean }
    signedIn: boolean
  } | null
}

/** Facts of tickets that billing cannot read itself. Filled by the inbox; every answer obeys the actor's visibility. */
export type Requesters = {
  /** Undefined when there is no such ticket for this actor. */
  ofTicket(desk: Desk, ticketId: Id<'tkt'>): Promise<TicketRequester | undefined>
  /** The numbers of those tickets that this actor may see. */
  numbers(desk: Desk, ticketIds: readonly Id<'tkt'>[]): Promise<Map<Id<'tkt'>, number>>
}

/** Automatic mail, through the outbox: inside a transaction it leaves if and only if that commits. */
export type Notices = {
  /** `secret` takes the place of `hidden` in the text as the mail leaves; the ticket never shows it. */
  send(
    desk: Desk,
    mail: { ticketId: Id<'tkt'>; to: string; subject: string; text: string; secret: string },
  ): Promise<void>
  hidden: string
}

/** One signed request to the customer's own product; `at` in epoch ms. */
export type ProductRequest = { url: string; id: string; secret: string; at: number; body: string }

/** What came back; `connection_lost` and `timeout` may have reached the product, `refused` was never sent. */
export type ProductReply =
  | { got: 'answer'; status: number; body: string; retryAfterMs?: number }
  | { got: 'connection_lost' | 'timeout' | 'refused'; detail: string }

export type Product = {
  /** Origins that may be called without https and inside a private network: the emulated product. */
  emulated: readonly string[]
  /** Why an address may not be called, in words. */
  objectionTo(url: string): string | undefined
  /** Never throws. */
  send(request: ProductRequest): Promise<ProductReply>
}

/** One event of Stripe as far as it tells who caused it; `at` in epoch seconds. */
export type EventFacts = {
  type: string
  /** The object it tells of. */
  object: string
  at: number
  /** A request caused it, of whomever; Stripe does by itself what nobody requested. */
  requested: boolean
  /** Idempotency key of that request. */
  key?: string
  /** `metadata.operation_id` of the object. */
  operation?: string
  /** Names of the fields that changed. */
  changed: string[]
  /** The object is planned by a subscription schedule. */
  scheduled: boolean
  /** The customer gave a reason for leaving. */
  feedback: boolean
}

/** An operation of ours that may have caused it. */
export type OperationAuthor = { id: string; what: string; by: string }

export type Authors = { events: readonly EventFacts[]; operations: readonly OperationAuthor[] }

/** What happened, as the events of Stripe would name it: of which object, by which types, when. */
export type Occurrence = { object: string; types: readonly string[]; at: number; changed?: readonly string[] }

/** Seconds between a change and its event. */
const near = 120
/** How long before a request a visit to the customer portal still speaks for the customer, in seconds. */
const visit = 3600

/** The operation a key of ours belongs to: `op_…:1`. */
export function operationOfKey(key: string | undefined): string | undefined {
  return key === undefined ? undefined : /^(op_[0-9a-z]{26}):\d+$/.exec(key)?.[1]
}

/** Who did it, as far as Stripe's events and our operations tell; it is said when they do not. */
export function authorWords(occurrence: Occurrence, { events, operations }: Authors): string {
  const event = eventOf(occurrence, events)
  if (!event) return 'Not known by whom.'
  const id = operationOfKey(event.key) ?? event.operation
  const operation = operations.find((one) => one.id === id)
  if (operation) return `By ${operation.by}, who ordered ${operation.what} here.`
  if (!event.requested) return byItself(event)
  const portal = events.some(
    ({ type, at }) => type === 'billing_portal.session.created' && at <= event.at && event.at - at <= visit,
  )
  if (portal) return 'Probably by the customer, who had opened the customer portal within the hour.'
  if (event.feedback) return 'Probably by the customer, who gave a reason for leaving.'
  // The dashboard, the API, another program or the portal: Stripe does not say.
  return 'By a request to Stripe; not known whose.'
}

function eventOf({ object, types, at, changed }: Occurrence, events: readonly EventFacts[]): EventFacts | undefined {
  const fitting = events.filter(
    (event) =>
      event.object === object &&
      types.includes(event.type) &&
      Math.abs(event.at - at) <= near &&
      (!changed ||
        event.type !== 'customer.subscription.updated' ||
        changed.some((name) => event.changed.includes(name))),
  )
  return fitting.sort((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at))[0]
}

function byItself({ type, scheduled }: EventFacts): string {
  if (type.startsWith('charge.dispute')) return 'By the cardholder, at their bank.'
  if (type.startsWith('charge.') || type === 'invoice.paid') return 'By Stripe’s automatic collection.'
  if (type.startsWith('customer.subscription.') && scheduled) return 'By the schedule of the subscription.'
  return 'By Stripe itself, as it had been planned.'
}

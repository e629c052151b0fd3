import { mirrorKinds, type MirrorKind, type StripeObject } from './ports.ts'

/** Where an object belongs: whose it is, what it points at, and what it is found by. */
export type MirrorPlace = {
  customerId: string | null
  refs: string[]
  email: string | null
  name: string | null
  /** Epoch seconds. */
  created: number | null
  deleted: boolean
}

export function isMirrored(kind: unknown): kind is MirrorKind {
  return (mirrorKinds as readonly unknown[]).includes(kind)
}

export function placeOf(kind: MirrorKind, object: StripeObject): MirrorPlace {
  const customerId = kind === 'customer' ? object.id : idIn(object.customer)
  return {
    customerId,
    refs: [...new Set(refsOf(kind, object).filter((ref) => ref !== null))],
    email: kind === 'customer' ? textIn(object.email) : null,
    name: kind === 'customer' || kind === 'product' ? textIn(object.name) : null,
    created: typeof object.created === 'number' ? object.created : null,
    deleted: object.deleted === true,
  }
}

/** A card is found by its fingerprint, whoever the customer. */
export function cardRef(fingerprint: string): string {
  return `card:${fingerprint}`
}

function refsOf(kind: MirrorKind, object: StripeObject): (string | null)[] {
  switch (kind) {
    case 'charge': {
      const card = path(object, 'payment_method_details', 'card', 'fingerprint')
      return [idIn(object.payment_intent), typeof card === 'string' ? cardRef(card) : null]
    }
    case 'refund':
    case 'dispute':
      return [idIn(object.charge), idIn(object.payment_intent)]
    case 'credit_note':
      return [idIn(object.invoice), ...listIn(object.refunds).map((part) => idIn(path(part, 'refund')))]
    case 'invoice': {
      const payments = listIn(path(object, 'payments', 'data')).map((entry) => path(entry, 'payment'))
      return [
        ...payments.flatMap((payment) => [idIn(path(payment, 'payment_intent')), idIn(path(payment, 'charge'))]),
        idIn(path(object, 'parent', 'subscription_details', 'subscription')),
      ]
    }
    case 'subscription':
      return [idIn(object.latest_invoice)]
    case 'customer':
      return Object.values(metadataIn(object)).filter((value) => /^(con|acc|wsp)_[0-9a-z]{26}$/.test(value))
    case 'product':
    case 'price':
    case 'tax_rate':
      return []
  }
}

/** Objects named by this one whose absence from the mirror would leave a hole. */
export function neighboursOf(kind: MirrorKind, object: StripeObject): { kind: MirrorKind; id: string }[] {
  const named: { kind: MirrorKind; id: string | null }[] = []
  if (kind !== 'customer') named.push({ kind: 'customer', id: idIn(object.customer) })
  if (kind === 'subscription')
    for (const item of listIn(path(object, 'items', 'data')))
      named.push(
        { kind: 'product', id: idIn(path(item, 'price', 'product')) },
        { kind: 'price', id: idIn(path(item, 'price')) },
      )
  if (kind === 'invoice') {
    for (const line of listIn(path(object, 'lines', 'data')))
      named.push(
        { kind: 'product', id: idIn(path(line, 'pricing', 'price_details', 'product')) },
        { kind: 'price', id: idIn(path(line, 'pricing', 'price_details', 'price')) },
      )
    for (const tax of listIn(object.total_taxes))
      named.push({ kind: 'tax_rate', id: idIn(path(tax, 'tax_rate_details', 'tax_rate')) })
  }
  return named.filter((one): one is { kind: MirrorKind; id: string } => one.id !== null)
}

/** Lists give the first ten lines of an invoice; reading it alone gives all of them. */
export function isCutShort(kind: MirrorKind, object: StripeObject): boolean {
  return kind === 'invoice' && path(object, 'lines', 'has_more') === true
}

/** What an event about this object says of: itself, with its time of creation, and what changed with it. */
export function touchedBy(object: StripeObject): { kind: MirrorKind; id: string; created?: number }[] {
  const told = typeof object.created === 'number' && { created: object.created }
  const touched: { kind: string; id: string | null; created?: number }[] = [
    { kind: object.object ?? '', id: object.id, ...told },
  ]
  switch (object.object) {
    case 'refund':
    case 'dispute':
      touched.push({ kind: 'charge', id: idIn(object.charge) })
      break
    case 'credit_note':
    case 'invoice_payment':
      touched.push({ kind: 'invoice', id: idIn(object.invoice) })
      break
    case 'invoice':
      touched.push({ kind: 'subscription', id: idIn(path(object, 'parent', 'subscription_details', 'subscription')) })
      break
  }
  return touched.filter((one): one is { kind: MirrorKind; id: string } => one.id !== null && isMirrored(one.kind))
}

export function customerOf(object: StripeObject): string | null {
  return object.object === 'customer' ? object.id : idIn(object.customer)
}

export function path(value: unknown, ...names: string[]): unknown {
  return names.reduce<unknown>(
    (at, name) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[name] : undefined),
    value,
  )
}

/** An id, also where the object behind it was expanded. */
export function idIn(value: unknown): string | null {
  if (typeof value === 'string') return value || null
  const inner = path(value, 'id')
  return typeof inner === 'string' ? inner : null
}

function listIn(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

/** Stripe's metadata: text by name. */
export function metadataIn(object: StripeObject): Record<string, string> {
  const metadata = path(object, 'metadata')
  if (typeof metadata !== 'object' || metadata === null) return {}
  return Object.fromEntries(
    Object.entries(metadata).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

function textIn(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

import { useSearchText } from '../page-params.ts'
import type { OperationId } from './queries.ts'

/** What is open over a page about money; named in its address, so that a colleague's link shows the same. */
export type BillingOverlay =
  /** A charge, or an invoice that none has paid. */
  | { kind: 'explain'; subject: string }
  | { kind: 'refund'; charge: string }
  /** Credit on the balance of a Stripe customer. */
  | { kind: 'credit'; customer: string }
  | { kind: 'cancellation'; subscription: string }
  | { kind: 'operation'; operation: OperationId }
  /** An action of the product, for one of its own keys, or for one that is still to be typed. */
  | { kind: 'product'; key: string }

/** Opens, replaces and closes the layer over the page. Back closes it too. */
export function useBillingOverlay() {
  const [text, setText] = useSearchText('billing')
  return {
    overlay: parseOverlay(text),
    open: (overlay: BillingOverlay) => setText(overlayText(overlay), { replace: text !== '' }),
    close: () => setText(''),
  }
}

export function overlayText(overlay: BillingOverlay): string {
  return `${overlay.kind}:${idOf(overlay)}`
}

/** Anything else in the address opens nothing. */
export function parseOverlay(text: string): BillingOverlay | null {
  if (text.startsWith('product:')) return productOverlay(text.slice('product:'.length))
  const [, kind, id = ''] = /^(explain|refund|credit|cancellation|operation):(\w{3,140})$/.exec(text) ?? []
  if (kind === 'operation') return id.startsWith('op_') ? { kind, operation: id as OperationId } : null
  if (kind === 'explain') return { kind, subject: id }
  if (kind === 'credit') return { kind, customer: id }
  if (kind === 'cancellation') return { kind, subscription: id }
  return kind === 'refund' ? { kind, charge: id } : null
}

function productOverlay(key: string): BillingOverlay | null {
  return /^[\w.:@+-]{0,120}$/.test(key) ? { kind: 'product', key } : null
}

function idOf(overlay: BillingOverlay): string {
  switch (overlay.kind) {
    case 'explain':
      return overlay.subject
    case 'refund':
      return overlay.charge
    case 'credit':
      return overlay.customer
    case 'cancellation':
      return overlay.subscription
    case 'operation':
      return overlay.operation
    case 'product':
      return overlay.key
  }
}

import { useSearchText } from '../page-params.ts'
import type { OperationId } from './queries.ts'

/** What is open over a page about money; named in its address, so that a colleague's link shows the same. */
export type BillingOverlay =
  /** A charge, or an invoice that none has paid. */
  | { kind: 'explain'; subject: string }
  | { kind: 'refund'; charge: string }
  | { kind: 'operation'; operation: OperationId }

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
  const [, kind, id = ''] = /^(explain|refund|operation):(\w{3,140})$/.exec(text) ?? []
  if (kind === 'operation') return id.startsWith('op_') ? { kind, operation: id as OperationId } : null
  if (kind === 'explain') return { kind, subject: id }
  return kind === 'refund' ? { kind, charge: id } : null
}

function idOf(overlay: BillingOverlay): string {
  switch (overlay.kind) {
    case 'explain':
      return overlay.subject
    case 'refund':
      return overlay.charge
    case 'operation':
      return overlay.operation
  }
}

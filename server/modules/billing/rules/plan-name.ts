import type { InvoiceFacts, InvoiceLineFacts } from './facts.ts'

/** "Team", the plan's name where the price or product has one, else what Stripe wrote. */
export function planName(line: InvoiceLineFacts, names: Record<string, string> = {}): string {
  return names[line.price ?? ''] ?? names[line.product ?? ''] ?? line.description ?? 'Subscription'
}

export function invoiceName(id: string, invoices: readonly InvoiceFacts[] | undefined): string {
  return `invoice ${invoices?.find((invoice) => invoice.id === id)?.number ?? id}`
}

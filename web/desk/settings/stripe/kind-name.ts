import { t } from '../../messages/translate.ts'

const kinds = [
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

/** What objects of a kind are called on screen, many of them; an unknown kind by its name in the API. */
export function kindName(kind: string): string {
  const known = kinds.find((one) => one === kind)
  return known ? t(`stripe.kind.${known}`) : kind
}

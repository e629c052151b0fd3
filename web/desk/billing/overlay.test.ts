import { expect, test } from 'vitest'
import { overlayText, parseOverlay, type BillingOverlay } from './overlay.ts'

test.each<BillingOverlay>([
  { kind: 'explain', subject: 'ch_3QabcDEF' },
  { kind: 'explain', subject: 'in_1QabcDEF' },
  { kind: 'refund', charge: 'py_1' },
  { kind: 'credit', customer: 'cus_1' },
  { kind: 'cancellation', subscription: 'sub_1' },
  { kind: 'operation', operation: 'op_01k9zzzzzzzzzzzzzzzzzzzzzz' },
  { kind: 'product', key: 'ws:acme@eu-1.example' },
  { kind: 'product', key: '' },
])('$kind is read back from the address it makes', (overlay) => {
  expect(parseOverlay(overlayText(overlay))).toEqual(overlay)
})

test.each([
  '',
  'refund',
  'refund:',
  'delete:ch_1',
  'refund:ch_1/../x',
  'operation:ch_12345',
  'product:a b',
  'product:../x',
])('an address with %j opens nothing', (text) => {
  expect(parseOverlay(text)).toBeNull()
})

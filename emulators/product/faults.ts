import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import type { Store } from '../store.ts'

/** How a call can go wrong, in words for the page. */
export const productFaultWords = {
  error_before: '500, and nothing was done',
  error_after: 'Done, and then 500',
  lost_before: 'Connection cut, and nothing was done',
  lost_answer: 'Done, and the answer is lost',
  slow: 'Answers late',
  accepted_then_done: 'Accepted, done when asked the second time',
  accepted_then_failed: 'Accepted, failed when asked the second time',
  too_many: '429, try later',
  busy: '409, still working',
  nonsense: '200 with an answer nobody understands, and nothing was done',
  lies: 'Says done and does nothing',
  status_away: 'Nothing is known of what became of it: 500',
} as const

export type ProductFaultKind = keyof typeof productFaultWords
export const productFaultKinds = Object.keys(productFaultWords) as [ProductFaultKind, ...ProductFaultKind[]]

export const NewProductFault = z.strictObject({
  kind: z.enum(productFaultKinds),
  times: z.int().min(1).max(1000).default(1),
  delayMs: z.int().min(1).max(60_000).default(3000),
})

export type ProductFault = z.infer<typeof NewProductFault> & { id: string }

export function createProductFaults(store: Store) {
  return {
    list: () => store.list<ProductFault>('product.fault'),
    add(fault: z.infer<typeof NewProductFault>): ProductFault {
      const kept = { ...fault, id: `fault_${randomUUID()}` }
      store.put('product.fault', kept.id, kept)
      return kept
    },
    clear: () => store.clear('product.fault'),
    /** The oldest fault for a call, or for a question what became of it; counted. */
    take(on: 'call' | 'status'): ProductFault | undefined {
      const fault = store
        .list<ProductFault>('product.fault')
        .find(({ kind }) => (kind === 'status_away') === (on === 'status'))
      if (!fault) return undefined
      if (fault.times > 1) store.put('product.fault', fault.id, { ...fault, times: fault.times - 1 })
      else store.remove('product.fault', fault.id)
      return fault
    },
  }
}

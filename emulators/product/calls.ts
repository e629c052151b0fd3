import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import type { Clock } from '../clock.ts'
import type { Store } from '../store.ts'

/** One request of the desk, as the product saw it; `answer` is its HTTP status, null where the connection was cut. */
export type ReceivedCall = {
  id: string
  at: number
  asks: 'act' | 'status'
  operation: string
  action: string
  key: string
  answer: number | null
  said: string
}

const kept = 100
const Body = z.object({ operation: z.string(), action: z.string(), key: z.string(), test: z.boolean() }).partial()
const Said = z.object({ status: z.string(), reason: z.string() }).partial()

/** The last calls that the product received, the newest first; also those it did not believe. */
export function createReceivedCalls(store: Store, clock: Clock) {
  const list = () => store.list<ReceivedCall>('product.call')
  return {
    list: () => list().toReversed(),
    note(asks: ReceivedCall['asks'], raw: unknown, answer: number | null, payload: unknown): void {
      const { operation = '', action = '', key = '', test } = read(Body, raw)
      const { status = '', reason = '' } = read(Said, payload)
      const id = randomUUID()
      const said = reason ? `${status}: ${reason}` : status
      const call = {
        id,
        at: clock.now(),
        asks,
        operation,
        action: test ? `${action} (test)` : action,
        key,
        answer,
        said,
      }
      store.put('product.call', id, call)
      for (const { id: old } of list().slice(0, -kept)) store.remove('product.call', old)
    },
  }
}

function read<T extends z.ZodType<object>>(shape: T, text: unknown): Partial<z.infer<T>> {
  try {
    return shape.safeParse(JSON.parse(String(text))).data ?? {}
  } catch {
    return {}
  }
}

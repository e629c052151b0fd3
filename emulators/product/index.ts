import type { FastifyPluginAsync } from 'fastify'
import type { Clock } from '../clock.ts'
import type { Store } from '../store.ts'
import { createBooks } from './books.ts'
import { createReceivedCalls } from './calls.ts'
import { productControl } from './control.ts'
import { createProductFaults } from './faults.ts'
import { productRoutes, type ProductParts } from './routes.ts'
import { createProductWebhooks } from './webhooks.ts'

export type ProductEmulator = {
  parts: ProductParts
  /** Prefix /product. */
  routes: FastifyPluginAsync
  /** Prefix /control/product. */
  control: FastifyPluginAsync
}

/** A small product of the customer's own: accounts with seats and access, which the desk changes by signed calls. */
export function createProductEmulator({ store, clock }: { store: Store; clock: Clock }): ProductEmulator {
  const parts = {
    books: createBooks(store, clock),
    calls: createReceivedCalls(store, clock),
    faults: createProductFaults(store),
    webhooks: createProductWebhooks(store, clock),
    clock,
  }
  return { parts, routes: productRoutes(parts), control: productControl(parts) }
}

import type { FastifyPluginAsync } from 'fastify'
import * as z from 'zod'
import { NewAccount } from './books.ts'
import { NewProductFault } from './faults.ts'
import type { ProductParts } from './routes.ts'

const Connect = z.strictObject({
  calls: z.string().optional(),
  webhooks: z.string().optional(),
  url: z.url().optional(),
})

/** Everything a test, the demo or the world's page can ask of the product; prefix /control/product. */
export function productControl({ books, calls, faults, webhooks }: ProductParts): FastifyPluginAsync {
  return async (app) => {
    app.get('/accounts', async () => ({ items: books.accounts() }))
    /** What the desk asked of the product, the newest first. */
    app.get('/calls', async () => ({ items: calls.list() }))
    app.post('/accounts', async (request) => {
      const account = NewAccount.parse(request.body)
      books.open(account)
      const kept = books.find(account.key)
      if (kept) await webhooks.changed(kept)
      return kept
    })
    /** The secrets the desk's Settings showed, and where the product's webhooks go. */
    app.put('/connection', async (request) => {
      webhooks.connect(Connect.parse(request.body))
      return { connected: true }
    })
    app.get('/faults', async () => ({ items: faults.list() }))
    app.post('/faults', async (request) => faults.add(NewProductFault.parse(request.body)))
    app.delete('/faults', async () => {
      faults.clear()
      return { items: [] }
    })
  }
}

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Fastify, { type FastifyInstance } from 'fastify'
import { clockControl } from './clock-control.ts'
import { createClock } from './clock.ts'
import { answerError } from './control-error.ts'
import { domainKey } from './mail/domain-key.ts'
import { createMailEmulator } from './mail/emulator.ts'
import { refuseOtherOrigins } from './same-origin.ts'
import { createProductEmulator } from './product/index.ts'
import { openStore, type Store } from './store.ts'
import { createStripeEmulator } from './stripe/index.ts'
import { connectWorld } from './world/connect.ts'
import { worldRoutes } from './world/routes.ts'

export type EmulatorOptions = {
  /** 0 = any free port, for this and the next. */
  port: number
  smtpPort: number
  /** Where state survives a restart; without it everything is forgotten at stop. */
  dataDir?: string
  /** Where the desk listens for mail. */
  deskSmtp: { host: string; port: number }
  /** Shown as a link to the desk on the world's page. */
  deskUrl?: string
  /** The address people of the world write to. */
  supportAddress?: string
}

export type Emulators = { url: string; smtpPort: number; stop(): Promise<void> }

/** Starts the whole emulated outside: the world's page, Stripe and control over HTTP, and every mail server over SMTP, on 127.0.0.1 only. Throws one sentence when a port is taken. */
export async function startEmulators(options: EmulatorOptions): Promise<Emulators> {
  const { dataDir } = options
  if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true })
  const store = openStore(dataDir === undefined ? undefined : join(dataDir, 'emulators.sqlite'))
  const clock = createClock()
  const mail = createMailEmulator({ store, clock, deskSmtp: options.deskSmtp })
  const stripe = createStripeEmulator({ store, clock })
  const product = createProductEmulator({ store, clock })
  const app = Fastify({ bodyLimit: 96 * 1024 * 1024, forceCloseConnections: true })

  app.addHook('onRequest', refuseOtherOrigins)
  app.get('/healthz', async () => ({ ok: true }))
  await app.register(stripe.routes, { prefix: '/stripe' })
  await app.register(product.routes, { prefix: '/product' })
  await app.register(
    async (control) => {
      control.setErrorHandler(answerError)
      await control.register(mail.control, { prefix: '/mail' })
      await control.register(product.control, { prefix: '/product' })
      await control.register(clockControl({ clock, store }), { prefix: '/clock' })
      control.post('/reset', async () => {
        reset(store)
        clock.setOffset(0)
        return { reset: true }
      })
    },
    { prefix: '/control' },
  )
  await app.register(stripe.control, { prefix: '/control/stripe' })
  let url = ''
  const { deskUrl, supportAddress = 'support@localhost' } = options
  await app.register(worldRoutes(connectWorld({ url: () => url, mail: mail.world, clock, deskUrl, supportAddress })))

  const stop = async () => {
    await stripe.webhooks.stop()
    await product.parts.webhooks.drain()
    await mail.smtp.stop()
    await app.close()
    store.close()
  }
  try {
    url = await listen(app, options.port)
    const smtpPort = await mail.smtp.listen(options.smtpPort).catch(portTaken(options.smtpPort, 'EMULATORS_SMTP_PORT'))
    stripe.webhooks.start()
    return { url, smtpPort, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Forgets everything that happened, but not how the desk is connected: the DKIM key whose DNS record it may have cached, and where it wants its webhooks. */
function reset(store: Store) {
  const key = domainKey(store)
  const connection = store.get('product.connection', 'desk')
  const endpoints = store.list<{ id: string }>('stripe.webhook_endpoint')
  store.transaction(() => {
    store.clear()
    store.put('mail.key', 'world', key)
    if (connection) store.put('product.connection', 'desk', connection)
    for (const endpoint of endpoints) store.put('stripe.webhook_endpoint', endpoint.id, endpoint)
  })
}

async function listen(app: FastifyInstance, port: number): Promise<string> {
  return app.listen({ host: '127.0.0.1', port }).catch(portTaken(port, 'EMULATORS_PORT'))
}

function portTaken(port: number, variable: string) {
  return (error: unknown): never => {
    if ((error as { code?: string }).code !== 'EADDRINUSE') throw error
    throw new Error(`Port ${port} is already in use: stop what listens there or set ${variable} to a free port.`)
  }
}

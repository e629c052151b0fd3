import { readFileSync } from 'node:fs'
import type { FastifyPluginAsync, FastifyReply } from 'fastify'
import * as z from 'zod'
import { ControlError } from '../control-error.ts'
import { parseMail } from '../mail/parsed-mail.ts'
import { actions } from './actions.ts'
import { clockPage } from './clock-page.ts'
import { faultsPage } from './faults-page.ts'
import { layout, type Tab } from './layout.ts'
import { letterDocument, letterPolicy } from './letter-document.ts'
import { mailPage } from './mail-page.ts'
import { newCustomerPage } from './new-customer-page.ts'
import { paymentsPage } from './payments-page.ts'
import { problemPage } from './problem-page.ts'
import { productPage } from './product-page.ts'
import { html, type Html } from './html.ts'
import { stripeFaults, webhookMode } from './stripe-control.ts'
import type { Done, World } from './world.ts'
import { writePage } from './write-page.ts'

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

const asset = (name: string) => readFileSync(new URL(`static/${name}`, import.meta.url), 'utf8')
const styles = ['theme', 'frame', 'controls', 'mail', 'pages', 'narrow']
const Query = z
  .object({ q: z.string(), from: z.string(), name: z.string(), subject: z.string(), after: z.string() })
  .partial()

/** The page that plays the outside world: what people and banks do to the desk, and what they see of it. */
export function worldRoutes(world: World): FastifyPluginAsync {
  const style = styles.map((name) => asset(`${name}.css`)).join('\n')
  const script = asset('world.js')

  async function show(
    reply: FastifyReply,
    tab: Tab,
    title: string,
    build: () => Html | Promise<Html>,
  ): Promise<unknown> {
    const stripe = await stripeFaults(world)
    const product = await world.control<{ items: unknown[] }>('GET', '/product/faults').catch(() => ({ items: [] }))
    const activeFaults = world.mail.faults.list().length + stripe.length + product.items.length
    const body = await Promise.resolve().then(build).catch(problemPage)
    const page = layout(world, { tab, title, activeFaults, body })
    return reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', policy)
      .header('referrer-policy', 'no-referrer')
      .send(page)
  }

  return async (app) => {
    app.get('/world/world.css', (_request, reply) => reply.type('text/css; charset=utf-8').send(style))
    app.get('/world/world.js', (_request, reply) => reply.type('text/javascript; charset=utf-8').send(script))

    app.get('/', ({ query }, reply) =>
      show(reply, 'mail', 'Mail', () => mailPage(world, undefined, Query.parse(query).q)),
    )
    app.get<{ Params: { address: string } }>('/mail/:address', ({ params }, reply) =>
      show(reply, 'mail', params.address, () => mailPage(world, params.address)),
    )
    app.get('/write', ({ query }, reply) =>
      show(reply, 'mail', 'Write a mail', () => writePage(world, Query.parse(query))),
    )
    app.get('/payments', ({ query }, reply) =>
      show(reply, 'payments', 'Stripe', () =>
        paymentsPage(world, { customer: undefined, after: Query.parse(query).after }),
      ),
    )
    app.get('/payments/new', (_request, reply) => show(reply, 'payments', 'New customer', () => newCustomerPage(world)))
    app.get<{ Params: { customer: string } }>('/payments/:customer', ({ params, query }, reply) =>
      show(reply, 'payments', 'Stripe', () =>
        paymentsPage(world, { customer: params.customer, after: Query.parse(query).after }),
      ),
    )
    app.get('/product', (_request, reply) => show(reply, 'product', 'Product', () => productPage(world)))
    app.get('/faults', (_request, reply) =>
      show(reply, 'faults', 'Faults', async () =>
        faultsPage({
          mail: world.mail.faults.list(),
          stripe: await stripeFaults(world),
          webhooks: await webhookMode(world),
        }),
      ),
    )
    app.get('/clock', (_request, reply) => show(reply, 'clock', 'Clock', () => clockPage(world)))

    app.get<{ Params: { id: string } }>('/world/letters/:id', async ({ params }, reply) => {
      const mail = world.mail.mailbox.find(params.id)
      const content = mail ? ((await parseMail(mail)).html ?? '') : ''
      return reply
        .type('text/html; charset=utf-8')
        .header('content-security-policy', letterPolicy)
        .send(letterDocument(content))
    })

    app.post<{ Params: { action: string } }>(
      '/world/actions/:action',
      async ({ params, body }, reply): Promise<Done> => {
        const action = Object.hasOwn(actions, params.action) ? actions[params.action] : undefined
        if (!action) throw new ControlError(404, 'not_found', `The world cannot ${params.action}.`)
        try {
          return await action(world, body)
        } catch (error) {
          void reply.code(error instanceof z.ZodError ? 400 : 502)
          return { ok: false, message: words(error) }
        }
      },
    )
    app.setNotFoundHandler((request, reply) => {
      void reply.code(404)
      if (!request.headers.accept?.includes('text/html'))
        return reply.send({ error: { code: 'not_found', message: `There is nothing at ${request.url}.` } })
      return show(
        reply,
        'mail',
        'Not found',
        () =>
          html`<main class="sheet">
            <section class="detail empty">
              <h2>Nothing is here</h2>
              <a class="button" href="/">To the mail</a>
            </section>
          </main>`,
      )
    })
  }
}

function words(error: unknown): string {
  if (error instanceof z.ZodError) return error.issues.map(({ message }) => message).join(' ')
  return error instanceof Error ? error.message : String(error)
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { createDesk, systemActor, type Desk, type World } from '#server/desk.ts'
import { getSettings } from '#modules/team/index.ts'

export type Asked = {
  desk: Desk
  company: string
  /** What the link of the mail ends in; not yet known to be good. */
  token: string
  query: Record<string, unknown>
  /** The fields of a form; none where the body is no such form. */
  form: Record<string, unknown>
}

export type Page = { html: string; status?: number }

type Pages = {
  /** Only shows, because mail programs and scanners open links. */
  get(asked: Asked): Promise<Page>
  /** Counts. */
  post(asked: Asked): Promise<Page>
}

/** Serves {path}/{token}: a page that customers open from a mail, without signing in. */
export function servePages(app: FastifyInstance, world: World, path: string, pages: Pages): void {
  void app.register(async (within) => {
    const text = { parseAs: 'string' as const, bodyLimit: 20_000 }
    within.addContentTypeParser('application/x-www-form-urlencoded', text, (_, body, done) =>
      done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    )
    within.addContentTypeParser('multipart/form-data', text, (_, __, done) => done(null, {}))
    const answer = (page: Pages['get']) => async (request: FastifyRequest, reply: FastifyReply) => {
      const desk = createDesk(world, { ...systemActor, kind: 'contact', name: 'Customer' })
      const { html, status = 200 } = await page({
        desk,
        company: (await getSettings(desk)).companyName,
        token: (request.params as { token: string }).token,
        query: request.query as Asked['query'],
        form: (request.body ?? {}) as Asked['form'],
      })
      return reply
        .code(status)
        .type('text/html; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('referrer-policy', 'no-referrer')
        .send(html)
    }
    within.get(`${path}/:token`, answer(pages.get))
    within.post(`${path}/:token`, answer(pages.post))
  })
}

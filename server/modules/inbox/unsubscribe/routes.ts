import type { FastifyInstance } from 'fastify'
import type { World } from '#server/desk.ts'
import { unsubscribeAddress } from '../actions/suppress-address.ts'
import { brokenLinkPage, messagePage } from '../customer-pages/page-frame.ts'
import { servePages } from '../customer-pages/serve-pages.ts'
import { unsubscribePage } from './page.ts'
import { addressOfToken } from './url.ts'

/**
 * /unsubscribe/{token}: what List-Unsubscribe of automatic mail names. POST counts from the page or as the one click of
 * RFC 8058, whatever its body says.
 */
export function unsubscribeRoutes(app: FastifyInstance, world: World): void {
  servePages(app, world, '/unsubscribe', {
    async get({ desk, company, token }) {
      const email = addressOfToken(desk, token)
      return email ? { html: unsubscribePage(company, email) } : brokenLinkPage(company)
    },
    async post({ desk, company, token }) {
      const email = addressOfToken(desk, token)
      if (!email) return brokenLinkPage(company)
      await unsubscribeAddress(desk, email)
      const words = `${email} gets no more automatic mail. Answers from people still arrive.`
      return { html: messagePage(company, 'Done', words) }
    },
  })
}

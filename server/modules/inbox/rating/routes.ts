import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import type { World } from '#server/desk.ts'
import { DeskError } from '#platform/errors.ts'
import { findRating, rate } from '../actions/rate.ts'
import { brokenLinkPage, messagePage } from '../customer-pages/page-frame.ts'
import { servePages } from '../customer-pages/serve-pages.ts'
import { askPage } from './page.ts'

const Score = z.coerce.number().int().min(1).max(5)
const Form = z.object({ score: Score, comment: z.string().max(2000).optional() })

/** /rate/{token}: the page behind the rating links of a solved mail; a rating counts once per solve. */
export function ratingRoutes(app: FastifyInstance, world: World): void {
  servePages(app, world, '/rate', {
    async get({ desk, company, token, query }) {
      const asked = await findRating(desk, token)
      if (!asked) return brokenLinkPage(company)
      if (asked.score !== null) return { html: messagePage(company, 'Thank you', 'You have rated this already.') }
      const chosen = Score.safeParse(query.score)
      return { html: askPage(company, asked, chosen.success ? chosen.data : undefined) }
    },
    async post({ desk, company, token, form }) {
      const { success, data } = Form.safeParse(form)
      if (!success) {
        const words = 'Choose one of the five ratings and send again.'
        return { status: 400, html: messagePage(company, 'Nothing was sent', words) }
      }
      try {
        // NUL cannot be stored; nobody types it.
        await rate(desk, token, data.score, data.comment?.replaceAll('\u0000', '').trim() || null)
        return { html: messagePage(company, 'Thank you', 'Your rating has been counted.') }
      } catch (error) {
        if (!(error instanceof DeskError)) throw error
        const status = error.code === 'not_found' ? 404 : 200
        return { status, html: messagePage(company, 'Thank you', error.message) }
      }
    },
  })
}

import type { FastifyInstance } from 'fastify'
import type { World } from '#server/desk.ts'
import { ratingRoutes } from './rating/routes.ts'
import { serveFiles } from './serve-files.ts'
import { unsubscribeRoutes } from './unsubscribe/routes.ts'

/** The inbox's addresses outside the API: signed files, the rating page and unsubscribing. */
export function mountInbox(app: FastifyInstance, world: World): void {
  serveFiles(app, world)
  ratingRoutes(app, world)
  unsubscribeRoutes(app, world)
}

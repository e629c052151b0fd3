import type { FastifyInstance } from 'fastify'
import type { World } from './desk.ts'
import { billingJobs, billingRoutes, mountProductHook, mountStripeHook, productRoutes } from '#modules/billing/index.ts'
import { customersRoutes } from '#modules/customers/index.ts'
import { inboxJobs, inboxRoutes, mountInbox } from '#modules/inbox/index.ts'
import { insightsJobs, insightsRoutes } from '#modules/insights/index.ts'
import { teamJobs } from '#modules/team/index.ts'
import type { AnyJob } from '#platform/jobs/job.ts'
import type { Authenticate } from '#platform/serve/bind.ts'
import type { AnyRoute } from '#platform/serve/route.ts'

/** Adds addresses that are not API endpoints: signed files, public pages, webhooks. */
export type Mount = (app: FastifyInstance, world: World, authenticate: Authenticate) => void

/** Every module's routes, bound below /api/v1. Team's come from the web role, because they tell of the process itself. */
export const moduleRoutes: readonly AnyRoute[] = [
  ...customersRoutes,
  ...inboxRoutes,
  ...billingRoutes,
  ...productRoutes,
  ...insightsRoutes,
]

/** Every module's jobs. */
export const moduleJobs: readonly AnyJob[] = [...teamJobs, ...inboxJobs, ...billingJobs, ...insightsJobs]

export const moduleMounts: readonly Mount[] = [mountInbox, mountStripeHook, mountProductHook]

import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  stringifySearchWith,
} from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Permission } from '#contract/endpoint.ts'
import { ApiError } from './api-error.ts'
import { Frame } from './frame/frame.tsx'
import { NoPage } from './frame/no-page.tsx'
import { NoRoom } from './frame/no-room.tsx'
import { PageFailed } from './frame/page-failed.tsx'
import { PagePending } from './frame/page-pending.tsx'
import { paths } from './paths.ts'
import { queryClient } from './query-client.ts'
import { meQuery } from './session.ts'

export type LoaderInput = { params: Record<string, string | undefined>; search: Record<string, string> }

/** A page file exports `Page`, and `loader` when it has queries to start before it is drawn. */
type PageModule = { Page: () => ReactNode; loader?: (input: LoaderInput) => unknown }

const rootRoute = createRootRoute({ component: Outlet })

const frameRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'frame',
  component: Frame,
  beforeLoad: async ({ location }) => {
    try {
      await queryClient.ensureQueryData(meQuery)
    } catch (error) {
      if (error instanceof ApiError && error.code === 'unauthenticated')
        throw redirect({ href: paths.signIn(location.pathname === '/' ? undefined : location.href) })
      throw error
    }
  },
})

/** A page inside the frame, in a chunk of its own, for those who hold the permission. */
function page(path: string, permission: Permission, load: () => Promise<PageModule>) {
  const Component = lazyRouteComponent(load, 'Page')
  const may = (): boolean =>
    permission === 'session' || queryClient.getQueryData(meQuery.queryKey)?.permissions.includes(permission) === true
  return createRoute({
    getParentRoute: () => frameRoute,
    path,
    loaderDeps: ({ search }) => search as Record<string, string>,
    loader: async ({ params, deps }) => {
      if (may()) await (await load()).loader?.({ params: params as LoaderInput['params'], search: deps })
    },
    // The router fetches what has `preload` before it draws; without it the page would suspend, and React holds that back 300 ms.
    component: Object.assign(() => (may() ? <Component /> : <NoRoom />), { preload: Component.preload }),
  })
}

/** A page outside the frame: nobody is signed in yet. */
function outside(path: string, load: () => Promise<PageModule>) {
  return createRoute({ getParentRoute: () => rootRoute, path, component: lazyRouteComponent(load, 'Page') })
}

const routeTree = rootRoute.addChildren([
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/',
    beforeLoad: () => {
      throw redirect({ href: paths.inbox(), replace: true })
    },
  }),
  outside('/sign-in', () => import('./sign-in/sign-in-page.tsx')),
  outside('/setup', () => import('./sign-in/setup-page.tsx')),
  outside('/invitation', () => import('./sign-in/invitation-page.tsx')),
  frameRoute.addChildren([
    page('/inbox/{-$view}/{-$ticketId}', 'tickets.read', () => import('./inbox/inbox-page.tsx')),
    page('/search', 'tickets.read', () => import('./inbox/search-page.tsx')),
    page('/customers/{-$kind}/{-$customerId}', 'tickets.read', () => import('./customers/customers-page.tsx')),
    page('/custody/{-$itemId}', 'custody.read', () => import('./custody/custody-page.tsx')),
    page('/billing/approvals/{-$approvalId}', 'billing.read', () => import('./billing/approvals/approvals-page.tsx')),
    page(
      '/billing/operations/{-$operationId}',
      'billing.read',
      () => import('./billing/operations/operations-page.tsx'),
    ),
    page('/insights/{-$kpi}', 'reports.read', () => import('./insights/insights-page.tsx')),
    page('/settings/{-$section}', 'session', () => import('./settings/settings-page.tsx')),
  ]),
])

/** Search parameters are plain text: `?q=4812` is the text 4812, not a number. */
export const router = createRouter({
  routeTree,
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: stringifySearchWith(String),
  defaultNotFoundComponent: NoPage,
  defaultErrorComponent: PageFailed,
  defaultPendingComponent: PagePending,
  defaultPendingMs: 150,
  defaultPendingMinMs: 0,
  defaultPreloadStaleTime: 0,
})

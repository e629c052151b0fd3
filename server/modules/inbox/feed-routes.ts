import * as contract from '#contract/feeds.ts'
import { route, type AnyRoute } from '#platform/serve/route.ts'
import { pauseFeed, removeFeed, runFeedNow, saveFeed } from './feeds/save-feed.ts'
import { testFeed } from './feeds/test-feed.ts'
import { readFeedView, viewFeed } from './views/feed-view.ts'
import { readMailboxHealth } from './views/mailbox-health.ts'

const done = { done: true } as const

/** Mailboxes that are read over IMAP, and how every mailbox stands. */
export const feedRoutes: AnyRoute[] = [
  route(contract.getFeed, async ({ desk, params }) => ({ feed: await viewFeed(desk, params.id) })),
  route(contract.putFeed, async ({ desk, params, body }) => {
    await saveFeed(desk, params.id, body)
    return readFeedView(desk, params.id)
  }),
  route(contract.deleteFeed, async ({ desk, params }) => {
    await removeFeed(desk, params.id)
    return done
  }),
  route(contract.testFeed, ({ desk, params, body }) => testFeed(desk, params.id, body)),
  route(contract.runFeed, async ({ desk, params }) => {
    await runFeedNow(desk, params.id)
    return done
  }),
  route(contract.pauseFeed, async ({ desk, params, body }) => {
    await pauseFeed(desk, params.id, body.paused)
    return readFeedView(desk, params.id)
  }),
  route(contract.getMailboxHealth, ({ desk }) => readMailboxHealth(desk)),
]

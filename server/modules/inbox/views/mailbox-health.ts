import type { getMailboxHealth, MailboxHealth } from '#contract/feeds.ts'
import type { ResultOf } from '#contract/endpoint.ts'
import type { Desk } from '#server/desk.ts'
import { idOf } from '#platform/ids.ts'
import { mailboxHealth, type FeedFacts } from '../rules/feed-health.ts'
import { feedFoldersOf, type FeedFolder } from '../store/feed-folders.ts'
import { missingItems } from '../store/feed-items.ts'
import { findFeed, type Feed } from '../store/feeds.ts'
import { teamsOf, visibleTeams } from '../visible.ts'
import { presentFolder } from './feed-view.ts'

const namedMissing = 50

type Row = {
  id: string
  address: string
  enabled: boolean
  last_received_at: Temporal.Instant | null
  recorded: number
  parked: number
}

/** How every mailbox stands, from counters and cursors: nothing here counts mails. There are few mailboxes. */
export async function readMailboxHealth(desk: Desk): Promise<ResultOf<typeof getMailboxHealth>> {
  const { rows } = await desk.connection.query<Row>({
    name: 'mailbox-health',
    text: `select s.id, s.address, s.enabled, coalesce(c.recorded, 0)::bigint as recorded, coalesce(c.parked, 0)::bigint as parked,
        (select r.received_at from receipts r where r.source_id = s.id order by r.received_at desc, r.id desc limit 1)
          as last_received_at
      from sources s left join (select source_id, sum(count) as recorded,
          sum(count) filter (where disposition = 'parked') as parked from custody_counts group by source_id) c
        on c.source_id = s.id
      where ${visibleTeams('s.team_id', 1)} order by s.created_at, s.id`,
    values: [teamsOf(desk.actor)],
  })
  return { mailboxes: await Promise.all(rows.map((row) => healthOf(desk, row))) }
}

async function healthOf(desk: Desk, row: Row): Promise<MailboxHealth> {
  const mailboxId = idOf('box', row.id)
  const feed = await findFeed(desk, mailboxId)
  const folders = feed ? await feedFoldersOf(desk, mailboxId) : []
  const missing = feed ? await missingItems(desk, mailboxId, namedMissing) : []
  const facts = feed ? factsOf(feed, folders, missing.length) : null
  const health = mailboxHealth({ enabled: row.enabled, lastReceivedAt: row.last_received_at }, facts, desk.now())
  const read = feed?.lastSuccessAt ?? null
  return {
    mailboxId,
    address: row.address,
    by: feed ? 'imap' : 'smtp',
    ...health,
    lastSuccessAt: (feed ? read : row.last_received_at)?.toString() ?? null,
    lastReceivedAt: row.last_received_at?.toString() ?? null,
    failingSince: feed?.failingSince?.toString() ?? null,
    lagSeconds: read ? Math.max(0, Math.round(desk.now().since(read).total('seconds'))) : null,
    backlog: (facts?.waiting ?? 0) + (facts?.olderLeft ?? 0),
    parked: row.parked,
    recorded: row.recorded,
    folders: folders.map(presentFolder),
    missing: missing.map(({ path, uid, providerId, at }) => ({
      folder: path,
      uid,
      messageId: providerId,
      since: at.toString(),
    })),
  }
}

function factsOf(feed: Feed, folders: readonly FeedFolder[], missing: number): FeedFacts {
  const older = folders.filter(({ olderNext }) => olderNext !== null)
  const sum = (numbers: number[]) => numbers.reduce((total, n) => total + n, 0)
  return {
    paused: feed.paused,
    lastSuccessAt: feed.lastSuccessAt,
    failingSince: feed.failingSince,
    error: feed.error,
    waiting: sum(folders.map(({ waiting }) => waiting)),
    olderLeft:
      older.length > 0 ? sum(older.map(({ olderTotal, olderDone }) => Math.max(0, olderTotal - olderDone))) : null,
    missing,
    unlisted: sum(folders.map(({ unlisted }) => unlisted)),
  }
}

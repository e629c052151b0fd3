import { createMailStore } from '#server/channels/email/imap/mail-store.ts'
import type { FeedInput } from '#contract/feeds.ts'
import type { Id } from '#contract/ids.ts'
import { ownMailboxes } from '#modules/inbox/index.ts'
import { storedAccess } from '#modules/inbox/feeds/feed-secret.ts'
import { chooseFolders, readFeed } from '#modules/inbox/feeds/read-feed.ts'
import { saveFeed } from '#modules/inbox/feeds/save-feed.ts'
import { requireFeed } from '#modules/inbox/store/feeds.ts'
import { readMailboxHealth } from '#modules/inbox/views/mailbox-health.ts'
import type { MailboxHealth } from '#contract/feeds.ts'
import { createMailTestWorld, type MailTestWorld } from '../mail-world.ts'

export type FeedWorld = MailTestWorld & {
  mailboxId: Id<'box'>
  /** Connects the mailbox to a server, or otherwise than before. */
  connect(server: Server, change?: Partial<FeedInput>): Promise<void>
  /** Looks into every folder until there is nothing more, on a connection of its own. */
  read(): Promise<void>
  /** Messages of the mailbox, oldest first. */
  messages(): Promise<{ kind: string; provider_id: string | null; author_name: string; ticket_id: string }[]>
  /** How many receipts of each disposition there are. */
  dispositions(): Promise<Record<string, number>>
  /** What is noted of the mails on the server, by state. */
  items(): Promise<Record<string, number>>
  health(): Promise<MailboxHealth>
  events(type: string): Promise<Record<string, unknown>[]>
}

export type Server = { host: string; port: number; user: string; password: string }

/** A desk whose mailbox can be read over IMAP, step by step. */
export async function createFeedWorld(options: { silenceMs?: number } = {}): Promise<FeedWorld> {
  const t = await createMailTestWorld()
  t.world.ports.mailStore = createMailStore({ silenceMs: options.silenceMs ?? 5000 })
  const [mailbox] = await ownMailboxes(t.desk())
  if (!mailbox) throw new Error('there is no mailbox')
  const counted = async (sql: string) => {
    const { rows } = await t.world.pool.query<{ name: string; n: number }>(sql)
    return Object.fromEntries(rows.map(({ name, n }) => [name, n]))
  }
  return {
    ...t,
    mailboxId: mailbox.id,
    async connect({ host, port, user, password }, change = {}) {
      await saveFeed(t.desk(), mailbox.id, {
        host,
        port,
        security: 'offered',
        user,
        auth: { kind: 'password', password },
        ...change,
      })
    },
    async read() {
      const feed = await requireFeed(t.desk(), mailbox.id)
      const { access } = await storedAccess(t.desk(), feed)
      const session = await t.world.ports.mailStore.connect(access)
      try {
        const targets = await chooseFolders(session, feed)
        while (await readFeed(t.desk(), session, feed, targets));
      } finally {
        await session.close()
      }
    },
    async messages() {
      const { rows } = await t.world.pool.query(
        'select kind, provider_id, author_name, ticket_id from messages order by created_at, id',
      )
      return rows as { kind: string; provider_id: string | null; author_name: string; ticket_id: string }[]
    },
    dispositions: () => counted('select disposition as name, count(*) as n from receipts group by 1'),
    items: () => counted('select state as name, count(*) as n from feed_items group by 1'),
    async health() {
      const { mailboxes } = await readMailboxHealth(t.desk())
      const [health] = mailboxes
      if (!health) throw new Error('no mailbox has a health')
      return health
    },
    async events(type) {
      const { rows } = await t.world.pool.query<{ data: Record<string, unknown> }>(
        'select data from events where type = $1 order by seq',
        [type],
      )
      return rows.map(({ data }) => data)
    },
  }
}

/** A plain mail to the mailbox, as a server stores it. */
export function storedMail(
  name: string,
  more: { headers?: string; text?: string; from?: string; to?: string } = {},
): string {
  const from = more.from ?? 'Ann <ann@customer.test>'
  return [
    'Return-Path: <ann@customer.test>',
    'Delivered-To: support@desk.test',
    'Received: from mx.customer.test by mx.desk.test; Mon, 2 Nov 2026 08:00:00 +0000',
    `From: ${from}`,
    `To: ${more.to ?? 'support@desk.test'}`,
    `Subject: About ${name}`,
    `Message-ID: <${name}@customer.test>`,
    'Date: Mon, 2 Nov 2026 08:00:00 +0000',
    ...(more.headers ? [more.headers] : []),
    '',
    more.text ?? `Hello, this is ${name}.`,
    '',
  ].join('\r\n')
}

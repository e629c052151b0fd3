import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from 'pg'
import { seedTickets } from './seed-tickets.ts'

const messagesEach = 5

/**
 * Fills a desk with `messages` messages of earlier years, five to a ticket, with what intake left beside them: a receipt
 * and raw bytes (1 kB) of each inbound one, its words in the search index, its line in the ledger.
 */
export async function seedStored(database: Client, messages: number): Promise<void> {
  if (messages === 0) return
  await seedTickets(database, { tickets: Math.ceil(messages / messagesEach), messagesEach, agentUuid: null })
  // None is overdue: the ledger of a seeded ticket says nothing of a breach to write.
  for (const [table, column] of [
    ['ticket_clocks', 'due_at'],
    ['tickets', 'urgent_at'],
  ])
    await database.query(`update ${table} set ${column} = ${column} + interval '1 day' where ${column} is not null`)
  await database.query(
    `insert into receipts (id, source_id, provider_id, content_hash, disposition, reason, from_address, subject, size,
       envelope, ticket_id, message_id, received_at)
     select uuidv7(m.created_at - clock_timestamp()), m.source_id, m.provider_id, encode(sha256(m.provider_id::bytea), 'hex'),
       case when m.provider_id like 'seeded.0.%' then 'ticketed' else 'appended' end, 'Seeded.',
       'person' || t.number || '@customer.test', t.subject, 1024,
       '{"from": "", "to": ["support@localhost"], "ip": null, "helo": null}', m.ticket_id, m.id, m.created_at
     from messages m join tickets t on t.id = m.ticket_id where m.provider_id like 'seeded.%' and m.kind = 'inbound'`,
  )
  await database.query(
    `insert into raw_items (receipt_id, bytes)
     select id, convert_to(repeat(md5(id::text), 32), 'UTF8') from receipts where provider_id like 'seeded.%'`,
  )
  await database.query(
    `insert into custody_counts (source_id, disposition, slot, count)
     select source_id, disposition, 0, count(*) from receipts group by 1, 2
     on conflict (source_id, disposition, slot) do update set count = excluded.count`,
  )
  await withoutIndex(database, 'message_search_words', () =>
    database.query(
      `insert into message_search (message_id, ticket_id, created_at, words)
       select m.id, m.ticket_id, m.created_at, to_tsvector('simple', t.subject || ' ' || m.text || ' ' || md5(m.id::text))
       from messages m join tickets t on t.id = m.ticket_id where m.provider_id like 'seeded.%'`,
    ),
  )
  await database.query(
    `insert into events (id, occurred_at, recorded_at, type, actor_kind, ticket_id, data)
     select uuidv7(m.created_at - clock_timestamp()), m.created_at, m.created_at,
       case when m.kind = 'inbound' then 'message.received' else 'message.sent' end, 'system', m.ticket_id, '{"seeded": true}'
     from messages m where m.provider_id like 'seeded.%'`,
  )
  await database.query('vacuum analyze')
  await comeToRest(database)
}

/** Does `fill` while there is no such index, and builds it after: word by word it would take many times as long. */
async function withoutIndex(database: Client, index: string, fill: () => Promise<unknown>): Promise<void> {
  const { rows } = await database.query<{ definition: string }>(
    'select indexdef as definition from pg_indexes where indexname = $1',
    [index],
  )
  if (!rows[0]) throw new Error(`There is no index ${index}`)
  await database.query(`drop index ${index}`)
  await fill()
  await database.query(`set maintenance_work_mem = '512MB'`)
  await database.query(rows[0].definition)
}

/** Waits until the desk has looked at everything that was put under it: deadlines, figures, links. */
async function comeToRest(database: Client): Promise<void> {
  // What runs by the clock begins within a minute.
  await sleep(62_000)
  for (let calm = 0; calm < 3; await sleep(1000)) {
    const { rows } = await database.query<{ busy: number }>(
      'select count(*)::int as busy from graphile_worker.jobs where locked_at is not null',
    )
    calm = rows[0]?.busy === 0 ? calm + 1 : 0
  }
}

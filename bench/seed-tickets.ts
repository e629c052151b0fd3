import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'

/** A connection to a desk's own database, with the password in its data folder. */
export async function openDatabase(dataDir: string): Promise<Client> {
  const { password, port } = JSON.parse(await readFile(join(dataDir, 'database.json'), 'utf8'))
  const client = new Client({ host: '127.0.0.1', port, user: 'mainstay', password, database: 'mainstay' })
  // When the workload fails, the database ends first.
  client.on('error', () => {})
  await client.connect()
  return client
}

export type Seed = { tickets: number; messagesEach: number; agentUuid: string | null }

/**
 * Fills a desk's tables with what years of mail would leave: seven in ten tickets closed, one in ten solved, the rest at
 * work; a running clock on most of those that wait. Written as SQL, because only reading is measured.
 */
export async function seedTickets(database: Client, { tickets, messagesEach, agentUuid }: Seed): Promise<void> {
  const contacts = Math.max(1, Math.round(tickets / 4))
  await database.query(
    `insert into contacts (id, name, email, segment, created_at, updated_at)
     select uuidv7(make_interval(mins => -n)), 'Person ' || n, 'person' || n || '@customer' || n % 97 || '.test',
       case when n % 10 = 0 then 'enterprise' else 'consumer' end, now() - make_interval(mins => n), now()
     from generate_series(1, $1::int) n`,
    [contacts],
  )
  await database.query(
    `create temp table seeded_contacts as select id, row_number() over (order by id) as place from contacts`,
  )
  await database.query('create unique index on seeded_contacts (place)')
  await database.query(
    `insert into tickets (id, subject, normalised_subject, status, priority, segment, channel, source_id, requester_id,
       assignee_id, team_id, preview, last_author, attention, urgent_at, created_at, updated_at, solved_at, closed_at, tags)
     select uuidv7(make_interval(mins => -5 * n)), 'Seeded question ' || n, 'seeded question ' || n, s.status,
       case when n % 40 = 0 then 'urgent' when n % 9 = 0 then 'high' else 'normal' end,
       case when n % 10 = 0 then 'enterprise' else 'consumer' end, 'email', b.id, c.id,
       case when n % 3 = 0 then $2::uuid end, b.team_id,
       'The last thing that was said, as one line of about a hundred characters, for the list to show ' || n,
       case when n % 2 = 0 then 'contact' else 'agent' end, case when n % 500 = 0 then 'delivery_failed' end,
       case when s.status in ('new', 'open') and n % 5 < 3 then now() + make_interval(secs => (n * 37) % 86400 - 7200) end,
       now() - make_interval(mins => 5 * n), now() - make_interval(mins => 5 * n, secs => -n % 240),
       case when s.status in ('solved', 'closed') then now() - make_interval(mins => 5 * n - 3) end,
       case when s.status = 'closed' then now() - make_interval(mins => 4 * n) end,
       case when n % 4 = 0 then array['billing', 'refund'] else '{}'::text[] end
     from generate_series(1, $1::int) n
     join seeded_contacts c on c.place = 1 + (n * 7919::bigint) % $3
     cross join (select id, team_id from sources limit 1) b
     cross join lateral (select case when n % 20 < 14 then 'closed' when n % 20 < 16 then 'solved' when n % 20 = 16 then 'new'
       when n % 20 = 17 then 'pending' when n % 20 = 18 then 'open' when n % 40 = 19 then 'on_hold' else 'open' end as status) s`,
    [tickets, agentUuid, contacts],
  )
  await database.query(
    `insert into ticket_clocks (ticket_id, target, state, started_at, due_at, ended_at, elapsed_ms, seconds, calendar_version)
     select id, 'first_reply', case when urgent_at is null then 'fulfilled' else 'running' end, created_at,
       coalesce(urgent_at, created_at), case when urgent_at is null then created_at end, 60000, 28800, 1
     from tickets where subject like 'Seeded%'`,
  )
  for (let turn = 0; turn < messagesEach; turn++) await seedMessages(database, turn)
  await database.query('vacuum analyze')
}

/** One more message on every ticket, customers and agents in turn. */
async function seedMessages(database: Client, turn: number): Promise<void> {
  const isOurs = turn % 2 === 1
  await database.query(
    `insert into messages (id, ticket_id, kind, channel, source_id, author_kind, author_name, text, provider_id, created_at)
     select uuidv7(t.created_at - clock_timestamp() + make_interval(secs => $1)), t.id, $2, 'email', t.source_id, $3,
       case when $3 = 'agent' then 'Ben Bench' else 'Somebody' end,
       repeat('A sentence such as people write when something does not work as they expect it to. ', 6),
       'seeded.' || $1 || '.' || t.number || '@customer.test', t.created_at + make_interval(secs => $1)
     from tickets t where t.subject like 'Seeded%'`,
    [turn, isOurs ? 'reply' : 'inbound', isOurs ? 'agent' : 'contact'],
  )
}

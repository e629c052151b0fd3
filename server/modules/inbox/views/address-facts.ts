import type { AddressFacts, AddressReason, AddressState } from '#contract/addresses.ts'
import type { Desk } from '#server/desk.ts'
import { decodeCursor, pageOf } from '#platform/cursor.ts'
import { DeskError } from '#platform/errors.ts'
import { idOf } from '#platform/ids.ts'
import { storableInstant } from '#platform/instants.ts'
import { teamsOf, visibleTickets } from '../visible.ts'

type Row = {
  email: string
  state: AddressState | null
  reason: AddressReason | null
  status: string | null
  since: Temporal.Instant | null
  soft_count: number | null
  unsubscribed_at: Temporal.Instant | null
  updated_at: Temporal.Instant
  ticket_id: string | null
  away_until: string | null
  away_noted_at: Temporal.Instant | null
}

/** `at` is the number of the parameter for the visible teams; the one after it is now. */
const columns = (
  at: number,
) => `w.email, a.state, a.reason, a.status, a.since, a.soft_count, a.unsubscribed_at, a.updated_at,
    (select t.id from messages m join tickets t on t.id = m.ticket_id
       where m.id = a.message_id and ${visibleTickets('t', at)}) as ticket_id,
    n.until::text as away_until, n.noted_at as away_noted_at`

// The newest notice alone counts: who writes "back tomorrow" after "away until May" is back tomorrow.
const away = (now: number) => `left join lateral (
    select f.until, f.noted_at from absences f where f.email = w.email and f.noted_at > $${now}::timestamptz - interval '60 days'
    order by f.noted_at desc limit 1
  ) n on n.until is null or n.until >= ($${now}::timestamptz at time zone 'UTC')::date`

/** What is known of some addresses, in the order asked for; one that nothing is known of is `ok`. */
export async function readAddressFacts(desk: Desk, list: string): Promise<{ items: AddressFacts[] }> {
  // Mail knows stranger addresses than a form takes; what nothing is known of is fine.
  const emails = [...new Set(list.split(',').map((one) => one.trim().toLowerCase()))].filter((one) => one !== '')
  if (emails.length === 0 || emails.length > 20)
    throw new DeskError('invalid_request', 'query.emails: give one to twenty addresses, parted by commas.')
  const { rows } = await desk.connection.query<Row>({
    name: 'address-facts',
    text: `select ${columns(2)} from unnest($1::text[]) with ordinality w(email, place)
      left join mail_addresses a on a.email = w.email ${away(3)} order by w.place`,
    values: [emails, teamsOf(desk.actor), desk.now().toString()],
  })
  return { items: rows.map(present) }
}

type Query = { limit?: number | undefined; cursor?: string | undefined; email?: string | undefined }

/** Addresses that mail is held back from, or that refuse ours; the last change first. */
export async function listSuppressed(desk: Desk, query: Query) {
  const limit = query.limit ?? 50
  const after = placeOf(query.cursor)
  const { rows } = await desk.connection.query<Row>({
    name: 'suppressed-addresses',
    text: `with w as (
        select * from mail_addresses where (state in ('hard', 'blocked', 'complained') or unsubscribed_at is not null)
          and ($1::timestamptz is null or (updated_at, email) < ($1, $2)) and ($3::text is null or email = $3)
        order by updated_at desc, email desc limit $4
      )
      select ${columns(5)} from w join mail_addresses a on a.email = w.email ${away(6)}
      order by a.updated_at desc, a.email desc`,
    values: [
      after?.at ?? null,
      after?.email ?? null,
      query.email ?? null,
      limit + 1,
      teamsOf(desk.actor),
      desk.now().toString(),
    ],
  })
  return pageOf(rows, limit, (row) => [row.updated_at.toString(), row.email], present)
}

function placeOf(cursor: string | undefined): { at: string; email: string } | undefined {
  const key = decodeCursor(cursor, 2)
  if (!key) return undefined
  try {
    return { at: storableInstant(String(key[0])).toString(), email: String(key[1]) }
  } catch {
    throw new DeskError('invalid_request', 'query.cursor: is not a cursor this list gave out.')
  }
}

function present(row: Row): AddressFacts {
  const state = row.state ?? 'ok'
  return {
    email: row.email,
    state,
    reason: state === 'ok' ? null : row.reason,
    status: state === 'ok' ? null : row.status,
    since: state === 'ok' ? null : (row.since?.toString() ?? null),
    softCount: row.soft_count ?? 0,
    unsubscribedAt: row.unsubscribed_at?.toString() ?? null,
    ticketId: row.ticket_id && state !== 'ok' ? idOf('tkt', row.ticket_id) : null,
    away: row.away_noted_at && { until: row.away_until, notedAt: row.away_noted_at.toString() },
  }
}

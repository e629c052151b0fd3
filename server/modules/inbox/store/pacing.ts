import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { uuidOf } from '#platform/ids.ts'
import type { Pace } from '../rules/recipient-pace.ts'

export type DomainPace = Pace & { domain: string; reserved: number | null; reason: string | null }

/** A hand-over that is not done by then died with its process and takes no place any more. */
const longestHandOver = { minutes: 10 }

/** The pace of each domain a mail still has to reach, locked in one order for the rest of the transaction. */
export async function lockPaces(desk: Desk, messageId: Id<'msg'>, settled: readonly string[]): Promise<DomainPace[]> {
  const now = desk.now()
  const { rows } = await desk.connection.query<DomainPace>({
    name: 'lock-paces',
    text: `insert into domain_paces as p (domain)
      select distinct lower(substring(a ->> 'email' from '[^@]*$')) as domain
        from messages m, jsonb_array_elements(m.to_addresses || m.cc_addresses) a
        where m.id = $1 and not a ->> 'email' = any($2) order by 1
      on conflict (domain) do update set domain = excluded.domain
      returning p.domain, p.reason, array_to_json(p.goes) as goes,
        (extract(epoch from p.not_before) * 1000)::float8 as "notBefore",
        (select count(*)::int from paced_deliveries r where r.domain = p.domain and r.worker is not null and r.since > $3
          and r.message_id <> $1) as running,
        (select count(*)::int from (select from paced_deliveries w where w.domain = p.domain and w.message_id <> $1
          limit 300) w) as waiting,
        (select (extract(epoch from r.goes_at) * 1000)::float8 from paced_deliveries r
          where r.message_id = $1 and r.domain = p.domain) as reserved`,
    values: [uuidOf(messageId), settled, now.subtract(longestHandOver).toString()],
  })
  return rows
}

/** Keeps the turns that were given; `worker` for those that go now. */
export async function keepTurns(
  desk: Desk,
  messageId: Id<'msg'>,
  turns: readonly { domain: string; turn: number; goes: readonly number[]; worker: string | null }[],
): Promise<void> {
  await desk.connection.query({
    name: 'keep-turns',
    text: `with t as (
        select * from json_to_recordset($2) as t(domain text, turn float8, goes bigint[], worker text)
      ), u as (update domain_paces p set goes = t.goes from t where p.domain = t.domain)
      insert into paced_deliveries (message_id, domain, goes_at, worker, since)
      select $1, t.domain, to_timestamp(t.turn / 1000), t.worker, case when t.worker is not null then $3::timestamptz end from t
      on conflict (message_id, domain) do update
        set goes_at = excluded.goes_at, worker = excluded.worker, since = excluded.since`,
    values: [uuidOf(messageId), JSON.stringify(turns), desk.now().toString()],
  })
}

/** Notes that a domain asked for less mail; returns how many times in a row. */
export async function countRefusal(desk: Desk, domain: string, reason: string): Promise<number> {
  const { rows } = await desk.connection.query<{ refusals: number }>({
    name: 'count-refusal',
    text: `insert into domain_paces (domain, refusals, reason) values ($1, 1, $2)
      on conflict (domain) do update set refusals = least(domain_paces.refusals + 1, 1000), reason = excluded.reason
      returning refusals`,
    values: [domain, reason.slice(0, 500)],
  })
  return rows[0]?.refusals ?? 1
}

export async function holdDomain(desk: Desk, domain: string, until: Temporal.Instant): Promise<void> {
  await desk.connection.query({
    name: 'hold-domain',
    text: 'update domain_paces set not_before = $2 where domain = $1',
    values: [domain, until.toString()],
  })
}

/** A mail was taken: these domains are no longer held. */
export async function releaseDomains(desk: Desk, domains: readonly string[]): Promise<void> {
  await desk.connection.query({
    name: 'release-domains',
    text: `update domain_paces set refusals = 0, not_before = null, reason = null
      where domain = any($1) and (refusals > 0 or not_before is not null)`,
    values: [domains],
  })
}

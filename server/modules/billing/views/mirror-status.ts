import type { MirrorStatus } from '#contract/billing-mirror.ts'
import type { Desk } from '#server/desk.ts'
import { getSettings } from '#modules/team/index.ts'
import { mirrorKinds } from '../ports.ts'
import { readsPerSecond } from '../read-turn.ts'
import type { Backfill } from '../rules/backfill-place.ts'
import { readConnection } from '../store/connection.ts'
import { hears } from './stripe-accounts.ts'

const shownDrifts = 50

/** How the mirror of the Stripe account at hand stands. */
export async function readMirrorStatus(desk: Desk): Promise<MirrorStatus> {
  const { payments } = desk.ports
  const { account, mode, apiVersion } = payments
  const { backfill, comparedAt } = await readConnection(desk, account)
  const { stripeReadsPerSecond } = await getSettings(desk)
  return {
    account,
    mode,
    apiVersion,
    readsPerSecond: readsPerSecond(mode, stripeReadsPerSecond),
    hears: hears(payments),
    comparedAt: comparedAt?.toString() ?? null,
    copy: backfill && presentCopy(backfill),
    ...(await waitingObjects(desk, account)),
    lastAudit: await lastAudit(desk, account),
    drifts: await drifts(desk, account),
  }
}

function presentCopy({ stage, read, done, because, startedAt }: Backfill): NonNullable<MirrorStatus['copy']> {
  const place = (mirrorKinds as readonly string[]).indexOf(stage)
  return {
    state: done ? 'done' : 'copying',
    because: because ?? 'first',
    startedAt: startedAt ?? null,
    kindsDone: done ? mirrorKinds.length : Math.max(0, place),
    kinds: mirrorKinds.length,
    kind: done ? null : stage,
    read,
  }
}

async function waitingObjects(desk: Desk, account: string): Promise<Pick<MirrorStatus, 'waiting' | 'failing'>> {
  const { rows } = await desk.connection.query<{ waiting: number; failing: number; sentence: string | null }>({
    name: 'mirror-waiting',
    text: `select count(*) as waiting, count(*) filter (where attempts > 0) as failing,
        (array_agg(error order by hinted_mark desc) filter (where attempts > 0))[1] as sentence
      from mirror_objects
      where stripe_account = $1 and hinted_mark is not null and (kept_mark is null or kept_mark <= hinted_mark)`,
    values: [account],
  })
  const [row] = rows
  return { waiting: row?.waiting ?? 0, failing: { count: row?.failing ?? 0, sentence: row?.sentence ?? null } }
}

async function lastAudit(desk: Desk, account: string): Promise<MirrorStatus['lastAudit']> {
  const { rows } = await desk.connection.query<{
    at: Temporal.Instant
    sampled: number
    unread: number
    drifted: number
  }>(
    `select ended_at as at, sampled, unread, drifted from mirror_audits where stripe_account = $1 order by id desc limit 1`,
    [account],
  )
  const [audit] = rows
  return audit ? { ...audit, at: audit.at.toString() } : null
}

async function drifts(desk: Desk, account: string): Promise<MirrorStatus['drifts']> {
  const { rows } = await desk.connection.query<{
    kind: string
    id: string
    fields: string[]
    found_at: Temporal.Instant
  }>(
    `select kind, object_id as id, fields, found_at from mirror_drifts where stripe_account = $1 order by mirror_drifts.id desc limit $2`,
    [account, shownDrifts],
  )
  return rows.map(({ found_at: foundAt, ...drift }) => ({ ...drift, foundAt: foundAt.toString() }))
}

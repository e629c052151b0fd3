import type { Desk } from '#server/desk.ts'
import type { Backfill } from '../rules/backfill-place.ts'

export type StripeConnection = {
  endpointId: string | null
  endpointUrl: string | null
  sealedSecret: string | null
  backfill: Backfill | null
  comparedAt: Temporal.Instant | null
  /** Epoch seconds. */
  comparedUpTo: number | null
  matchedUpTo: string | null
}

const columns = `endpoint_id as "endpointId", endpoint_url as "endpointUrl", sealed_secret as "sealedSecret", backfill,
  compared_at as "comparedAt", compared_up_to as "comparedUpTo", matched_up_to as "matchedUpTo"`

/** What this desk remembers of its Stripe account; everything null the first time. */
export async function readConnection(desk: Desk, account: string): Promise<StripeConnection> {
  const { rows } = await desk.connection.query<StripeConnection>({
    name: 'stripe-connection',
    text: `select ${columns} from stripe_connections where stripe_account = $1`,
    values: [account],
  })
  return (
    rows[0] ?? {
      endpointId: null,
      endpointUrl: null,
      sealedSecret: null,
      backfill: null,
      comparedAt: null,
      comparedUpTo: null,
      matchedUpTo: null,
    }
  )
}

export async function saveEndpoint(
  desk: Desk,
  account: string,
  endpoint: { id: string; url: string; sealedSecret: string | null },
): Promise<void> {
  await desk.connection.query(
    `insert into stripe_connections (stripe_account, endpoint_id, endpoint_url, sealed_secret) values ($1, $2, $3, $4)
     on conflict (stripe_account) do update set endpoint_id = $2, endpoint_url = $3,
       sealed_secret = coalesce($4, stripe_connections.sealed_secret)`,
    [account, endpoint.id, endpoint.url, endpoint.sealedSecret],
  )
}

export async function saveBackfill(desk: Desk, account: string, backfill: Backfill): Promise<void> {
  await desk.connection.query(
    `insert into stripe_connections (stripe_account, backfill) values ($1, $2)
     on conflict (stripe_account) do update set backfill = $2`,
    [account, JSON.stringify(backfill)],
  )
}

export async function saveCompared(desk: Desk, account: string, upTo: number): Promise<void> {
  await desk.connection.query(
    `insert into stripe_connections (stripe_account, compared_at, compared_up_to) values ($1, $2, $3)
     on conflict (stripe_account) do update set compared_at = $2, compared_up_to = $3`,
    [account, desk.now().toString(), upTo],
  )
}

export async function saveMatched(desk: Desk, account: string, upTo: string): Promise<void> {
  await desk.connection.query(
    `insert into stripe_connections (stripe_account, matched_up_to) values ($1, $2)
     on conflict (stripe_account) do update set matched_up_to = $2`,
    [account, upTo],
  )
}

/** Forgets how far an account was copied and compared, and the secret of the endpoint made there. */
export async function forgetConnection(desk: Desk, account: string): Promise<void> {
  await desk.connection.query('delete from stripe_connections where stripe_account = $1', [account])
}

import type { Desk } from '#server/desk.ts'
import type { StripeEvent, StripeObject } from '../ports.ts'

/** Stores events once each; returns how many were new. */
export async function storeEvents(
  desk: Desk,
  account: string,
  events: readonly StripeEvent[],
  via: 'webhook' | 'list',
): Promise<number> {
  if (events.length === 0) return 0
  const { rowCount } = await desk.connection.query({
    name: 'store-webhooks',
    text: `insert into webhook_events (stripe_account, id, type, api_version, via, payload, received_at)
      select $1, e.id, e.type, e.api_version, $2, e.payload, $3
      from jsonb_to_recordset($4::jsonb) as e(id text, type text, api_version text, payload jsonb)
      order by e.id on conflict do nothing`,
    values: [
      account,
      via,
      desk.now().toString(),
      JSON.stringify(
        events.map(({ id, type, apiVersion, payload }) => ({ id, type, api_version: apiVersion, payload })),
      ),
    ],
  })
  return rowCount ?? 0
}

export type WaitingEvent = { id: string; type: string; object: StripeObject | null }

/** Takes events nobody has processed, oldest first, for the rest of the transaction. */
export async function takeWaiting(desk: Desk, account: string, limit: number): Promise<WaitingEvent[]> {
  const { rows } = await desk.connection.query<WaitingEvent>({
    name: 'take-webhooks',
    text: `select id, type, payload #> '{data,object}' as object from webhook_events
      where stripe_account = $1 and processed_at is null order by received_at limit $2 for update skip locked`,
    values: [account, limit],
  })
  return rows
}

export async function markProcessed(desk: Desk, account: string, ids: readonly string[]): Promise<void> {
  await desk.connection.query({
    name: 'webhooks-processed',
    text: `update webhook_events set processed_at = $3, attempts = attempts + 1
      where stripe_account = $1 and id = any($2)`,
    values: [account, ids, desk.now().toString()],
  })
}

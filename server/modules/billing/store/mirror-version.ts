import type { Desk } from '#server/desk.ts'

/** Hints everything that is kept in another version of Stripe's API than the one spoken now; returns how many. */
export async function hintOtherVersions(desk: Desk, account: string): Promise<number> {
  const { rowCount } = await desk.connection.query(
    `update mirror_objects set hinted_mark = nextval('mirror_marks'), retry_at = null, attempts = 0
     where stripe_account = $1 and not deleted and data is not null and api_version is distinct from $2`,
    [account, desk.ports.payments.apiVersion],
  )
  return rowCount ?? 0
}

import type { Desk } from '#server/desk.ts'

/** An account besides the one the configuration names. */
export type FurtherAccount = {
  account: string
  stripeId: string
  label: string
  sealedKey: string
  sealedSigningSecret: string | null
  connectedBy: string
  connectedAt: Temporal.Instant
}

/** The further accounts of the first one's mode, in the order in which they came. */
export async function furtherAccounts(desk: Desk): Promise<FurtherAccount[]> {
  const { rows } = await desk.connection.query<FurtherAccount>({
    name: 'further-stripe-accounts',
    text: `select stripe_account as account, stripe_id as "stripeId", label, sealed_key as "sealedKey",
        sealed_signing_secret as "sealedSigningSecret", connected_by as "connectedBy", connected_at as "connectedAt"
      from stripe_accounts where mode = $1 and sealed_key is not null order by connected_at, stripe_account`,
    values: [desk.ports.payments.mode],
  })
  return rows
}

/** Connects an account, or gives one that is connected another key, label and, where there is one, signing secret. */
export async function putAccount(
  desk: Desk,
  account: Omit<FurtherAccount, 'connectedBy' | 'connectedAt'>,
): Promise<void> {
  await desk.connection.query(
    `insert into stripe_accounts (stripe_account, stripe_id, mode, label, sealed_key, sealed_signing_secret, connected_by, connected_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (stripe_account) do update set label = $4, sealed_key = $5,
       sealed_signing_secret = coalesce($6, stripe_accounts.sealed_signing_secret), connected_by = $7, connected_at = $8`,
    [
      account.account,
      account.stripeId,
      desk.ports.payments.mode,
      account.label,
      account.sealedKey,
      account.sealedSigningSecret,
      desk.actor.name,
      desk.now().toString(),
    ],
  )
}

/** Forgets the secrets of an account. */
export async function dropAccount(desk: Desk, account: string): Promise<void> {
  await desk.connection.query(
    'update stripe_accounts set sealed_key = null, sealed_signing_secret = null where stripe_account = $1',
    [account],
  )
}

/** Whether anything is intended at this account and not over. */
export async function hasOpenOperations(desk: Desk, account: string): Promise<boolean> {
  const { rowCount } = await desk.connection.query(
    `select from operations where stripe_account = $1 and kind <> 'product_action'
       and state in ('awaiting_approval', 'queued', 'running', 'verifying', 'unknown') limit 1`,
    [account],
  )
  return rowCount === 1
}

const rowsWithAccount = { link: 'billing_links', preview: 'operation_previews' } as const

/** The account a row of ours belongs to. */
export async function accountOfRow(
  desk: Desk,
  row: keyof typeof rowsWithAccount,
  uuid: string,
): Promise<string | undefined> {
  const { rows } = await desk.connection.query<{ account: string }>(
    `select stripe_account as account from ${rowsWithAccount[row]} where id = $1`,
    [uuid],
  )
  return rows[0]?.account
}

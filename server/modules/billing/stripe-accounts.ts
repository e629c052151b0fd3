import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError, notFound } from '#platform/errors.ts'
import { uuidOf } from '#platform/ids.ts'
import { mirrorKinds, type ConnectPayments, type Payments } from './ports.ts'
import { accountOfRow, furtherAccounts, type FurtherAccount } from './store/stripe-accounts.ts'

// A Desk comes with the port of the first account, the one the configuration names. Everything that works on one account
// takes it from `ports.payments`; what follows gives a Desk with another's in its place.

/** The desk of every connected account, the first one's first. */
export async function onEachAccount(desk: Desk): Promise<Desk[]> {
  const further = await furtherAccounts(desk)
  return [desk, ...further.map((account) => on(desk, account))]
}

/** The desk of an account; undefined where it is not connected (any more). */
export async function findAccount(desk: Desk, account: string): Promise<Desk | undefined> {
  if (account === desk.ports.payments.account) return desk
  const known = (await furtherAccounts(desk)).find((one) => one.account === account)
  return known && on(desk, known)
}

/** The desk of the account somebody named; of the first when they named none. */
export async function onAccount(desk: Desk, account: string | undefined): Promise<Desk> {
  const found = account === undefined ? desk : await findAccount(desk, account)
  if (!found) throw notFound('Stripe account')
  return found
}

/** The desk of the account that has this object of Stripe's; of the first where no mirror knows it. */
export async function onHolder(desk: Desk, stripeId: string | undefined): Promise<Desk> {
  const further = stripeId === undefined ? [] : await furtherAccounts(desk)
  if (further.length === 0) return desk
  const { rows } = await desk.connection.query<{ account: string }>({
    name: 'holders-of-object',
    text: `select distinct stripe_account as account from mirror_objects
      where stripe_account = any($1) and kind = any($2) and id = $3`,
    values: [[desk.ports.payments.account, ...further.map(({ account }) => account)], mirrorKinds, stripeId],
  })
  // Stripe's ids are its own over all accounts; were they not, nobody could say whose money this is.
  if (rows.length > 1) throw new DeskError('conflict', 'Two connected Stripe accounts have an object of this id.')
  return onAccount(desk, rows[0]?.account)
}

/** The desk of the account a row of ours belongs to; of the first where there is no such row, which will be noticed. */
export async function onRow(desk: Desk, row: 'link' | 'preview', id: Id<'lnk'> | Id<'prv'>): Promise<Desk> {
  return onAccount(desk, await accountOfRow(desk, row, uuidOf(id)))
}

/**
 * The desk an operation runs on; undefined where its account is not connected (any more), for then nobody may call. What is
 * done at the product belongs to no account.
 */
export async function onOperation(desk: Desk, id: Id<'op'>): Promise<Desk | undefined> {
  const { rows } = await desk.connection.query<{ account: string | null }>({
    name: 'account-of-operation',
    text: `select case kind when 'product_action' then null else stripe_account end as account from operations where id = $1`,
    values: [uuidOf(id)],
  })
  const account = rows[0]?.account
  const at = account ? await findAccount(desk, account) : desk
  if (!at) desk.log.warn({ operation: id, account }, 'an operation waits for an account that is not connected')
  return at
}

/** The port of a further account, the same for as long as its secrets are: it holds its connections and its pace. */
function on(desk: Desk, row: FurtherAccount): Desk {
  const { connectPayments, payments } = desk.ports
  const ports = portsOf.get(connectPayments) ?? new Map<string, { sealed: string; port: Payments }>()
  portsOf.set(connectPayments, ports)
  const sealed = `${row.sealedKey} ${row.sealedSigningSecret}`
  let known = ports.get(row.account)
  if (known?.sealed !== sealed) {
    const { account, sealedKey, sealedSigningSecret } = row
    const { mode } = payments
    const port = connectPayments({
      account,
      mode,
      secretKey: desk.secrets.decrypt(sealedKey),
      webhooks: sealedSigningSecret
        ? { secret: desk.secrets.decrypt(sealedSigningSecret) }
        : mode === 'emulated'
          ? { registerAt: hookUrl(desk, account) }
          : null,
    })
    known = { sealed, port }
    ports.set(account, known)
  }
  return desk.with({ payments: known.port })
}

const portsOf = new WeakMap<ConnectPayments, Map<string, { sealed: string; port: Payments }>>()

/** Where a further account's webhooks go. */
export function hookUrl(desk: Desk, account: string): string {
  return `${desk.publicUrl}/hooks/stripe/${account}`
}

import type { BodyOf } from '#contract/endpoint.ts'
import type { connectStripeAccount as endpoint, StripeAccount } from '#contract/stripe-accounts.ts'
import { isLiveKey } from '#contract/stripe-account-id.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError, notFound, UpstreamError } from '#platform/errors.ts'
import { wakeConnect } from '../job-names.ts'
import type { Payments } from '../ports.ts'
import { forgetConnection } from '../store/connection.ts'
import { dropAccount, furtherAccounts, hasOpenOperations, putAccount } from '../store/stripe-accounts.ts'
import { listAccounts } from '../views/stripe-accounts.ts'

/**
 * Connects a further account after its key was tried at Stripe. A desk holds live accounts or others, never both: links and
 * limits are of people, and a sandbox's customers are nobody.
 */
export async function connectAccount(desk: Desk, body: BodyOf<typeof endpoint>): Promise<StripeAccount> {
  const { label, secretKey, signingSecret } = body
  const { payments: first, connectPayments } = desk.ports
  if (isLiveKey(secretKey) !== (first.mode === 'live'))
    throw new DeskError(
      'conflict',
      first.mode === 'live'
        ? 'This desk works on live accounts; a test key belongs to a desk of its own.'
        : 'This desk works on test accounts; a live key belongs to a desk of its own.',
    )
  const asked = connectPayments({ account: 'asked', mode: first.mode, secretKey, webhooks: null })
  const { id: stripeId } = await identified(asked)
  if (stripeId === (await identified(first)).id)
    throw new DeskError('conflict', `${stripeId} is the first account, which is connected by the configuration.`)
  const account = `${stripeId}_${first.mode}`
  await desk.transaction(async (tx) => {
    const isBack = (await furtherAccounts(tx)).every((one) => one.account !== account)
    // Nobody listened meanwhile: everything is copied again.
    if (isBack) await forgetConnection(tx, account)
    await putAccount(tx, {
      account,
      stripeId,
      label,
      sealedKey: tx.secrets.encrypt(secretKey),
      sealedSigningSecret: signingSecret === undefined ? null : tx.secrets.encrypt(signingSecret),
    })
    await tx.emit({ type: 'stripe_account.connected', data: { account, mode: first.mode } })
    await tx.enqueue(wakeConnect(account))
  })
  const made = (await listAccounts(desk)).find(({ id }) => id === account)
  if (!made) throw notFound('Stripe account')
  return made
}

async function identified(payments: Payments): Promise<{ id: string }> {
  try {
    return await payments.identity()
  } catch (error) {
    if (error instanceof UpstreamError && !error.retryable)
      throw new DeskError('invalid_request', `body.secretKey: the account cannot be read with it. ${error.message}`)
    throw error
  }
}

/** Forgets an account's secrets, unless something is still to be done there. */
export async function disconnectAccount(desk: Desk, account: string): Promise<void> {
  if (account === desk.ports.payments.account)
    throw new DeskError('conflict', 'The first account is connected by the configuration; it is changed there.')
  await desk.transaction(async (tx) => {
    if (!(await furtherAccounts(tx)).some((one) => one.account === account)) throw notFound('Stripe account')
    if (await hasOpenOperations(tx, account))
      throw new DeskError('conflict', 'Operations at this account are not over. Wait for them, or take them back.')
    await dropAccount(tx, account)
    await forgetConnection(tx, account)
    await tx.emit({ type: 'stripe_account.disconnected', data: { account } })
  })
}

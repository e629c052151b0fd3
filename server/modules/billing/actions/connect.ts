import type { Desk } from '#server/desk.ts'
import { wakeBackfill, wakeConnect, wakeMirror, wakeWebhooks } from '../job-names.ts'
import { readConnection, saveEndpoint } from '../store/connection.ts'
import { releaseReadings } from '../store/mirror.ts'
import { onEachAccount } from '../stripe-accounts.ts'
import { beginCopy } from './backfill.ts'
import { ensureRefundPolicy } from './refund-policy.ts'
import { resumeOperations } from './resume-operations.ts'

/** At every start: there is a policy, and everything that a stop or a crash interrupted goes on by itself. */
export async function ensureBilling(desk: Desk): Promise<void> {
  await ensureRefundPolicy(desk)
  for (const at of await onEachAccount(desk)) {
    const { account } = at.ports.payments
    await at.enqueue(wakeConnect(account))
    await at.enqueue(wakeWebhooks(account))
    await releaseReadings(at, account)
    await at.enqueue(wakeMirror(account))
  }
  await resumeOperations(desk, 'all')
}

/** Makes sure that Stripe tells us what happens, and that what happened before is copied. */
export async function connectStripe(desk: Desk): Promise<void> {
  await ensureWebhookEndpoint(desk)
  const { payments } = desk.ports
  const { backfill } = await readConnection(desk, payments.account)
  // What was copied under another version of Stripe's API has other fields: everything is read again.
  if (backfill && backfill.apiVersion !== payments.apiVersion) await beginCopy(desk, 'api_version')
  else if (!backfill?.done) await desk.enqueue(wakeBackfill(payments.account))
}

/** Where no signing secret is configured, our own endpoint at Stripe; made anew when it, or its secret, was lost. */
async function ensureWebhookEndpoint(desk: Desk): Promise<void> {
  const {
    payments,
    payments: { webhooks, account },
  } = desk.ports
  if (!webhooks || !('registerAt' in webhooks)) return
  const url = webhooks.registerAt
  const { endpointId, sealedSecret } = await readConnection(desk, account)
  const made = await payments.ensureEndpoint(url, endpointId && sealedSecret ? { id: endpointId } : null)
  await saveEndpoint(desk, account, {
    id: made.id,
    url,
    sealedSecret: made.secret && desk.secrets.encrypt(made.secret),
  })
}

import type { Desk } from '#server/desk.ts'
import { failpoint } from '#platform/failpoints.ts'
import { readConnection } from '../store/connection.ts'
import { storeEvents } from '../store/webhook-events.ts'

export type Received = 'stored' | 'known' | 'unsigned'

/** Keeps a webhook whose signature over these very bytes is good, once; a job does the rest, for the caller to wake. */
export async function receiveWebhook(desk: Desk, raw: Buffer, signature: string | undefined): Promise<Received> {
  const { payments } = desk.ports
  const secret = await signingSecret(desk)
  const event = secret && signature ? payments.readWebhook(raw, signature, secret, desk.now().epochMilliseconds) : null
  if (!event) return 'unsigned'
  const stored = await storeEvents(desk, payments.account, [event], 'webhook')
  failpoint('webhook.after_store')
  return stored > 0 ? 'stored' : 'known'
}

async function signingSecret(desk: Desk): Promise<string | null> {
  const { webhooks, account } = desk.ports.payments
  if (webhooks && 'secret' in webhooks) return webhooks.secret
  const { sealedSecret } = await readConnection(desk, account)
  return sealedSecret && desk.secrets.decrypt(sealedSecret)
}

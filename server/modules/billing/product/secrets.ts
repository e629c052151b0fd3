import { eq } from 'drizzle-orm'
import type { Desk } from '#server/desk.ts'
import { newSigningSecret } from '#platform/standard-webhooks.ts'
import { productSecrets } from '../product-tables.ts'

export type SecretUse = 'calls' | 'webhooks'

/** A new secret in the place of the old one, which is good for nothing from now on. Shown this once. */
export async function makeSecret(desk: Desk, use: SecretUse): Promise<string> {
  const secret = newSigningSecret()
  const row = { sealed: desk.secrets.encrypt(secret), madeAt: desk.now() }
  await desk.transaction(async (tx) => {
    await tx.db
      .insert(productSecrets)
      .values({ use, ...row })
      .onConflictDoUpdate({ target: productSecrets.use, set: row })
    await tx.emit({ type: 'product_secret.made', data: { use } })
  })
  return secret
}

export async function readSecret(desk: Desk, use: SecretUse): Promise<string | null> {
  const [row] = await desk.db.select().from(productSecrets).where(eq(productSecrets.use, use))
  return row ? desk.secrets.decrypt(row.sealed) : null
}

/** What Settings shows of the port: never a secret. */
export async function readProductPort(desk: Desk) {
  const rows = await desk.db.select().from(productSecrets)
  const madeAt = (use: SecretUse) => rows.find((row) => row.use === use)?.madeAt.toString() ?? null
  return {
    webhookUrl: `${desk.publicUrl}/hooks/product`,
    callsSecretAt: madeAt('calls'),
    webhooksSecretAt: madeAt('webhooks'),
    emulated: [...desk.ports.product.emulated],
  }
}

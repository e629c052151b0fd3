import { eq, sql } from 'drizzle-orm'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { uuidOf } from '#platform/ids.ts'
import { contactIdentities } from '../tables.ts'

/** From weak to strong. Later ways never weaken what a stronger one has shown. */
const ways = ['none', 'dmarc', 'agent', 'signed_in', 'code'] as const

/** Records how an address was shown to be theirs, unless a stronger way is already on record. */
export async function verifyIdentity(
  desk: Desk,
  contactId: Id<'con'>,
  email: string,
  how: Exclude<(typeof ways)[number], 'none'>,
): Promise<void> {
  await desk.transaction(async (tx) => {
    const { rowCount } = await tx.connection.query({
      name: 'verify-identity',
      text: `update contact_identities set verified = $3, verified_at = $4
        where kind = 'email' and value = $1 and contact_id = $2 and verified = any($5)`,
      values: [email.toLowerCase(), uuidOf(contactId), how, tx.now().toString(), ways.slice(0, ways.indexOf(how))],
    })
    if (rowCount === 1) await tx.emit({ type: 'contact.identity_verified', contactId, data: { how } })
  })
}

/** How each address of a contact was verified. */
export async function identitiesOf(desk: Desk, contactId: Id<'con'>) {
  return desk.db
    .select({
      kind: contactIdentities.kind,
      value: contactIdentities.value,
      verified: contactIdentities.verified,
      verifiedAt: contactIdentities.verifiedAt,
    })
    .from(contactIdentities)
    .where(eq(contactIdentities.contactId, contactId))
    .orderBy(sql`created_at`)
}

import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { uuidOf } from '#platform/ids.ts'

/**
 * Removes contacts that the caller made and that nobody knows by anything but a mail: not verified, not edited, without an
 * account. One that something else refers to stays.
 */
export async function removeUnusedContacts(desk: Desk, ids: readonly Id<'con'>[]): Promise<void> {
  for (const id of ids) {
    await desk.connection.query('savepoint unused_contact')
    try {
      await desk.connection.query({
        name: 'remove-unused-contact',
        text: `delete from contacts c where c.id = $1 and c.updated_at = c.created_at and c.account_id is null
          and not exists (select from contact_identities i where i.contact_id = c.id and i.verified <> 'none')`,
        values: [uuidOf(id)],
      })
      await desk.connection.query('release savepoint unused_contact')
    } catch {
      await desk.connection.query('rollback to savepoint unused_contact')
    }
  }
}

import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { uuidOf } from '#platform/ids.ts'

/** What an address was to the contact that had it, for taking the change back. */
export type MovedIdentity = {
  verified: 'dmarc' | 'signed_in' | 'code' | 'agent' | 'none'
  verifiedAt: string | null
  /** It was the address mail to them goes to. */
  wasMain: boolean
  /** The other contact had none, and has it as theirs now. */
  becameMain: boolean
}

type Row = {
  verified: MovedIdentity['verified']
  verified_at: Temporal.Instant | null
  was_main: boolean
  becomes_main: boolean
}

/**
 * Gives an address to another contact, so that its mail is theirs from now on. What had shown it to be the first one's
 * shows nothing of the other: it starts unverified. Null when the first contact does not have it.
 */
export async function moveIdentity(
  desk: Desk,
  email: string,
  from: Id<'con'>,
  to: Id<'con'>,
): Promise<MovedIdentity | null> {
  const { rows } = await desk.connection.query<Row>({
    name: 'identity-to-move',
    text: `select i.verified, i.verified_at, f.email = $1 as was_main, t.email is null as becomes_main
      from contact_identities i join contacts f on f.id = i.contact_id join contacts t on t.id = $3
      where i.kind = 'email' and i.value = $1 and i.contact_id = $2 for update of i, f, t`,
    values: [email, uuidOf(from), uuidOf(to)],
  })
  const [row] = rows
  if (!row) return null
  const moved: MovedIdentity = {
    verified: row.verified,
    verifiedAt: row.verified_at?.toString() ?? null,
    wasMain: row.was_main ?? false,
    becameMain: row.becomes_main,
  }
  await handOver(desk, email, from, to, { verified: 'none', verifiedAt: null })
  if (moved.wasMain) await setMain(desk, from, null)
  if (moved.becameMain) await setMain(desk, to, email)
  return moved
}

/** Gives an address back, verified as it had been. Nothing happens when it has gone elsewhere since. */
export async function returnIdentity(
  desk: Desk,
  email: string,
  { from, to }: { from: Id<'con'>; to: Id<'con'> },
  was: MovedIdentity,
): Promise<void> {
  if (!(await handOver(desk, email, from, to, was))) return
  if (was.becameMain) await setMain(desk, from, null)
  if (was.wasMain) await setMain(desk, to, email)
}

async function handOver(
  desk: Desk,
  email: string,
  from: Id<'con'>,
  to: Id<'con'>,
  { verified, verifiedAt }: Pick<MovedIdentity, 'verified' | 'verifiedAt'>,
): Promise<boolean> {
  const { rowCount } = await desk.connection.query({
    name: 'move-identity',
    text: `update contact_identities set contact_id = $3, verified = $4, verified_at = $5
      where kind = 'email' and value = $1 and contact_id = $2`,
    values: [email, uuidOf(from), uuidOf(to), verified, verifiedAt],
  })
  if (rowCount !== 1) return false
  await desk.emit(
    { type: 'contact.identity_moved', contactId: from, data: { kind: 'email', to } },
    { type: 'contact.identity_moved', contactId: to, data: { kind: 'email', from } },
  )
  return true
}

/** The address mail to a contact goes to: the one given, else the oldest that is left. */
async function setMain(desk: Desk, contactId: Id<'con'>, email: string | null): Promise<void> {
  await desk.connection.query({
    name: 'set-main-address',
    text: `update contacts set updated_at = $3, email = coalesce($2, (select value from contact_identities
        where kind = 'email' and contact_id = $1 order by created_at, value limit 1)) where id = $1`,
    values: [uuidOf(contactId), email, desk.now().toString()],
  })
}

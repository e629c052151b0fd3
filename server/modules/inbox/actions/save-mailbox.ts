import type { createMailbox, updateMailbox as updateEndpoint } from '#contract/mailboxes.ts'
import type { BodyOf } from '#contract/endpoint.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { defaultTeamId, teamExists } from '#modules/team/index.ts'
import { DeskError, notFound } from '#platform/errors.ts'
import { newId, uuidOf } from '#platform/ids.ts'
import { addressesOf, ownMailboxes } from '../own-addresses.ts'
import { isOurs, withoutPlus } from '../rules/address.ts'

/** Receives mail for another address from now on. */
export async function addMailbox(desk: Desk, input: BodyOf<typeof createMailbox>): Promise<Id<'box'>> {
  return desk.transaction(async (tx) => {
    if (isOurs(input.address, addressesOf(await ownMailboxes(tx))))
      throw new DeskError('conflict', `${input.address} is a mailbox of this desk already.`)
    await requireTeam(tx, input.teamId)
    const id = newId('box', tx.now())
    await tx.connection.query(
      `insert into sources (id, channel, address, name, team_id, auto_acknowledge, acknowledgement, enabled, created_at)
       values ($1, 'email', $2, $3, $4, $5, $6, $7, $8)`,
      [
        uuidOf(id),
        input.address,
        input.name ?? input.address,
        uuidOf(input.teamId ?? (await defaultTeamId(tx))),
        input.autoAcknowledge ?? false,
        input.acknowledgement ?? '',
        input.enabled ?? true,
        tx.now().toString(),
      ],
    )
    await saveAliases(tx, id, input)
    await tx.emit({ type: 'mailbox.created', data: { mailboxId: id } })
    return id
  })
}

export async function updateMailbox(desk: Desk, id: Id<'box'>, change: BodyOf<typeof updateEndpoint>): Promise<void> {
  await desk.transaction(async (tx) => {
    await requireTeam(tx, change.teamId)
    const { rowCount } = await tx.connection.query(
      `update sources set name = coalesce($2, name), team_id = coalesce($3, team_id),
         auto_acknowledge = coalesce($4, auto_acknowledge), acknowledgement = coalesce($5, acknowledgement),
         enabled = coalesce($6, enabled) where id = $1`,
      [
        uuidOf(id),
        change.name ?? null,
        change.teamId ? uuidOf(change.teamId) : null,
        change.autoAcknowledge ?? null,
        change.acknowledgement ?? null,
        change.enabled ?? null,
      ],
    )
    if (rowCount === 0) throw notFound('mailbox')
    await saveAliases(tx, id, change)
    const fields = Object.keys(change)
    if (fields.length > 0) await tx.emit({ type: 'mailbox.changed', data: { mailboxId: id, fields } })
  })
}

type Aliases = Pick<BodyOf<typeof updateEndpoint>, 'aliases' | 'answerFromAlias'>

async function saveAliases(desk: Desk, id: Id<'box'>, { aliases, answerFromAlias }: Aliases): Promise<void> {
  if (answerFromAlias !== undefined)
    await desk.connection.query('update sources set answer_from_alias = $2 where id = $1', [
      uuidOf(id),
      answerFromAlias,
    ])
  if (!aliases) return
  const wanted = [...new Set(aliases.map((alias) => (alias.startsWith('@') ? alias : withoutPlus(alias))))]
  const own = await ownMailboxes(desk)
  for (const alias of wanted) {
    const other = own.find(
      (mailbox) => withoutPlus(mailbox.address) === alias || (mailbox.id !== id && mailbox.aliases.includes(alias)),
    )
    if (other) throw new DeskError('conflict', `${alias} belongs to the mailbox ${other.address} already.`)
  }
  await desk.connection.query('delete from mailbox_aliases where source_id = $1 and not address = any($2)', [
    uuidOf(id),
    wanted,
  ])
  await desk.connection.query(
    `insert into mailbox_aliases (address, source_id, created_at) select a, $1, $3 from unnest($2::text[]) a
     on conflict do nothing`,
    [uuidOf(id), wanted, desk.now().toString()],
  )
}

async function requireTeam(desk: Desk, teamId: Id<'tea'> | undefined): Promise<void> {
  if (teamId && !(await teamExists(desk, teamId)))
    throw new DeskError('invalid_request', 'body.teamId: there is no such team.')
}

import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { idOf } from '#platform/ids.ts'

export type OwnMailbox = {
  id: Id<'box'>
  address: string
  name: string
  teamId: Id<'tea'>
  autoAcknowledge: boolean
  acknowledgement: string
  enabled: boolean
  /** Further addresses of it; `@domain` takes every address of a domain that is nobody else's. */
  aliases: string[]
  answerFromAlias: boolean
}

/** Every address that is ours by name; what a catch-all takes may be anybody's. */
export function addressesOf(own: readonly OwnMailbox[]): string[] {
  return own.flatMap(({ address, aliases }) => [address, ...aliases.filter((alias) => !alias.startsWith('@'))])
}

export type MailboxRow = {
  id: string
  address: string
  name: string
  team_id: string
  auto_acknowledge: boolean
  acknowledgement: string
  enabled: boolean
  aliases: string[]
  answer_from_alias: boolean
}

/** The columns of a MailboxRow, of the table sources under its own name. */
export const mailboxColumns = `id, address, name, team_id, auto_acknowledge, acknowledgement, enabled, answer_from_alias,
  array(select a.address from mailbox_aliases a where a.source_id = sources.id order by a.created_at, a.address) as aliases`

export function mailboxOf(row: MailboxRow): OwnMailbox {
  return {
    id: idOf('box', row.id),
    address: row.address,
    name: row.name,
    teamId: idOf('tea', row.team_id),
    autoAcknowledge: row.auto_acknowledge,
    acknowledgement: row.acknowledgement,
    enabled: row.enabled,
    aliases: row.aliases,
    answerFromAlias: row.answer_from_alias,
  }
}

/** Every mailbox of this desk; there are few, and every mail that comes or goes is held against them. */
export async function ownMailboxes(desk: Desk): Promise<OwnMailbox[]> {
  const { rows } = await desk.connection.query<MailboxRow>({
    name: 'own-mailboxes',
    text: `select ${mailboxColumns} from sources order by created_at, id`,
  })
  return rows.map(mailboxOf)
}

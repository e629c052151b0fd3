import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { listAgentAddresses } from '#modules/team/index.ts'
import { uuidOf } from '#platform/ids.ts'
import { ownMailboxes, type OwnMailbox } from '../own-addresses.ts'

/** What every mail of an import is held against. */
export type Importing = { mailbox: OwnMailbox; own: readonly string[]; agents: ReadonlySet<string>; name: string }

export async function importing(
  desk: Desk,
  { sourceId, name }: { sourceId: Id<'box'>; name: string },
): Promise<Importing> {
  const own = await ownMailboxes(desk)
  const mailbox = own.find((one) => one.id === sourceId)
  if (!mailbox) throw new Error('its mailbox is gone')
  return { mailbox, own: own.map(({ address }) => address), agents: await listAgentAddresses(desk), name }
}

/** The import that an item came with; undefined for mail that arrived. */
export async function importOf(desk: Desk, itemId: Id<'itm'>): Promise<{ name: string } | undefined> {
  const { rows } = await desk.connection.query<{ name: string }>({
    name: 'import-of-item',
    text: `select m.name from import_items i join imports m on m.id = i.import_id where i.receipt_id = $1`,
    values: [uuidOf(itemId)],
  })
  return rows[0]
}

import { rm } from 'node:fs/promises'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { removeUnusedContacts } from '#modules/customers/index.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import { readImport, updateImport } from '../store/imports.ts'
import { isUntouched } from '../store/imported-tickets.ts'
import { importPath } from './import-folder.ts'

type Group = { ticket_id: string | null; places: number[] }

const atOnce = 20

/**
 * Takes away exactly what an import brought: tickets, messages, receipts and contacts. A ticket that somebody has worked on
 * since is kept whole, and counted. Safe to take up again after a crash.
 */
export async function undoImport(desk: Desk, id: Id<'imp'>): Promise<void> {
  const row = await readImport(desk, id)
  if (row.state !== 'undoing') return
  for (let after = ''; ;) {
    const groups = await nextGroups(desk, id, after)
    const last = groups.at(-1)
    if (!last) break
    await desk.transaction(async (tx) => {
      let { removed } = await readImport(tx, id, { lock: true })
      for (const group of groups) removed += await undoGroup(tx, id, group)
      await updateImport(tx, id, { removed })
    })
    // What is kept stays in the list: go on behind it.
    after = last.ticket_id ?? after
  }
  await desk.transaction(async (tx) => {
    await removeUnusedContacts(tx, await madeContacts(tx, id))
    const { read, removed } = await readImport(tx, id, { lock: true })
    await updateImport(tx, id, { state: 'undone', kept: read - removed, endedAt: tx.now() })
    await tx.emit({ type: 'import.undone', data: { importId: id } })
  })
  if (row.uploaded) await rm(importPath(desk, row.path), { force: true })
}

/** Items by ticket, those without one first; a page of them. */
async function nextGroups(desk: Desk, id: Id<'imp'>, after: string): Promise<Group[]> {
  if (after === '') {
    const { rows } = await desk.connection.query<{ place: number }>(
      'select place from import_items where import_id = $1 and ticket_id is null and receipt_id is not null order by place limit 500',
      [uuidOf(id)],
    )
    const open = rows.map(({ place }) => place)
    if (open.length > 0) return [{ ticket_id: null, places: open }]
  }
  const { rows } = await desk.connection.query<Group>(
    `select ticket_id, array_agg(place) as places from import_items
     where import_id = $1 and ticket_id is not null and ticket_id > $2::uuid group by ticket_id order by ticket_id limit ${atOnce}`,
    [uuidOf(id), after || '00000000-0000-0000-0000-000000000000'],
  )
  return rows
}

/** How many mails were taken away. */
async function undoGroup(desk: Desk, id: Id<'imp'>, { ticket_id, places }: Group): Promise<number> {
  if (ticket_id && !(await isUntouched(desk, idOf('tkt', ticket_id)))) return 0
  const values = [uuidOf(id), places]
  if (ticket_id) {
    await desk.connection.query(
      `delete from messages m using import_items i where i.import_id = $1 and i.place = any($2) and m.id = i.message_id`,
      values,
    )
    // A conversation that another import has mails in keeps its ticket.
    const { rowCount } = await desk.connection.query(
      `delete from tickets t where t.id = $1 and not exists (select from messages m where m.ticket_id = t.id)`,
      [ticket_id],
    )
    if (rowCount === 1)
      await desk.emit({ type: 'ticket.deleted', ticketId: idOf('tkt', ticket_id), data: { reason: 'import_undone' } })
  }
  // Receipts go with their bytes, and the counts with them. One that was run again since has become something else.
  const { rows } = await desk.connection.query<{ n: number }>(
    `with gone as (
       delete from receipts r using import_items i where i.import_id = $1 and i.place = any($2) and r.id = i.receipt_id
         and (r.reruns = 0 or r.disposition = 'parked' or r.ticket_id = i.ticket_id) returning r.source_id, r.disposition
     ), sums as (select source_id, disposition, count(*) as n from gone group by source_id, disposition),
     counted as (
       insert into custody_counts (source_id, disposition, slot, count)
       select source_id, disposition, (pg_backend_pid() % 64)::smallint, -n from sums
       on conflict (source_id, disposition, slot) do update set count = custody_counts.count + excluded.count
     ) select coalesce(sum(n), 0)::int as n from sums`,
    values,
  )
  // Their places stay for the contacts they made, and are empty.
  await desk.connection.query(
    `update import_items set ticket_id = null, message_id = null, receipt_id = null where import_id = $1 and place = any($2)`,
    values,
  )
  return rows[0]?.n ?? 0
}

/** Contacts that the import made and that nothing of the inbox names any more. */
async function madeContacts(desk: Desk, id: Id<'imp'>): Promise<Id<'con'>[]> {
  const { rows } = await desk.connection.query<{ contact_id: string }>(
    `select distinct i.contact_id from import_items i where i.import_id = $1 and i.contact_id is not null
       and not exists (select from tickets t where t.requester_id = i.contact_id)
       and not exists (select from ticket_participants p where p.contact_id = i.contact_id)`,
    [uuidOf(id)],
  )
  return rows.map(({ contact_id }) => idOf('con', contact_id))
}

import { and, eq } from 'drizzle-orm'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError } from '#platform/errors.ts'
import { uuidOf } from '#platform/ids.ts'
import { requireVisible } from '../views/read-ticket.ts'
import { drafts } from '../tables.ts'

type Address = { email: string; name?: string | null | undefined }

export type DraftInput = {
  kind: 'reply' | 'note'
  html: string
  to?: Address[] | null | undefined
  cc?: Address[] | null | undefined
  attachments?: Id<'att'>[] | undefined
}

/** Keeps an agent's draft on a ticket; one per agent and ticket, the last write wins. */
export async function saveDraft(desk: Desk, ticketId: Id<'tkt'>, input: DraftInput): Promise<void> {
  await requireVisible(desk, ticketId)
  const agentId = draftOwner(desk)
  const stored = (addresses: Address[] | null | undefined) =>
    addresses?.map(({ email, name }) => ({ email, name: name ?? null })) ?? null
  const fields = {
    kind: input.kind,
    html: desk.ports.mail.sanitise(input.html, { attachmentUrl: () => undefined }).html ?? '',
    toAddresses: stored(input.to),
    ccAddresses: stored(input.cc),
    attachmentIds: (input.attachments ?? []).map(uuidOf),
    updatedAt: desk.now(),
  }
  await desk.transaction(async (tx) => {
    await holdFiles(tx, ticketId, input.attachments ?? [])
    await tx.db
      .insert(drafts)
      .values({ ticketId, agentId, ...fields })
      .onConflictDoUpdate({ target: [drafts.ticketId, drafts.agentId], set: fields })
  })
}

/**
 * Refuses files that are not at this ticket, and holds the others, so that none is swept away before the draft that names it
 * is committed. One that has left meanwhile is no longer shown, and no reason to lose the words.
 */
async function holdFiles(desk: Desk, ticketId: Id<'tkt'>, ids: readonly Id<'att'>[]): Promise<void> {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return
  const { rowCount } = await desk.connection.query({
    name: 'files-of-draft',
    text: 'select from attachments where id = any($1::uuid[]) and ticket_id = $2 order by id for key share',
    values: [wanted.map(uuidOf), uuidOf(ticketId)],
  })
  if (rowCount !== wanted.length)
    throw new DeskError('invalid_request', 'body.attachments: there is no such file at this ticket.')
}

export async function discardDraft(desk: Desk, ticketId: Id<'tkt'>): Promise<void> {
  await requireVisible(desk, ticketId)
  await desk.db.delete(drafts).where(and(eq(drafts.ticketId, ticketId), eq(drafts.agentId, draftOwner(desk))))
}

/** Drafts belong to people; the key made at boot stands for nobody. */
export function draftOwner(desk: Desk): Id<'agt'> {
  if (!desk.actor.agentId) throw new DeskError('conflict', 'This key stands for no agent, so it can keep no draft.')
  return desk.actor.agentId
}

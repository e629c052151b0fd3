import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { insertMessage, type NewMessage } from './messages.ts'

type Note = Pick<NewMessage, 'ticketId' | 'author' | 'text' | 'at'> & { html?: string | null; attachmentCount?: number }

/** Inserts an internal note, which nobody sent and nobody gets; its events are the caller's to record. */
export function insertNote(desk: Desk, { html = null, attachmentCount = 0, ...note }: Note): Promise<Id<'msg'>> {
  return insertMessage(desk, {
    ...note,
    html,
    attachmentCount,
    kind: 'note',
    channel: 'api',
    sourceId: null,
    from: null,
    to: [],
    cc: [],
    parts: null,
    remoteImages: 0,
    providerId: null,
    inReplyTo: null,
    references: [],
    threading: null,
    flags: [],
  })
}

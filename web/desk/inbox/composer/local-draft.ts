import * as z from 'zod'
import { Address, Attachment } from '#contract/inbox.ts'
import type { DraftContent } from './draft-content.ts'

export type LocalDraft = DraftContent & { startedAt: string | null }

const Stored = z.object({
  kind: z.enum(['reply', 'note']),
  html: z.string(),
  to: z.array(Address).nullable(),
  cc: z.array(Address).nullable(),
  attachments: z.array(Attachment),
  /** When the newest message came that its writer had seen. */
  startedAt: z.string().nullable(),
})

/** What has not reached the server yet, kept by the browser so that a crash, a reload or a lost network takes nothing. */
export const localDraft = {
  read(ticketId: string, agentId: string): LocalDraft | null {
    try {
      const stored = Stored.safeParse(JSON.parse(localStorage.getItem(nameOf(ticketId, agentId)) ?? 'null'))
      return stored.success ? stored.data : null
    } catch {
      return null
    }
  },
  keep(ticketId: string, agentId: string, content: LocalDraft): void {
    try {
      localStorage.setItem(nameOf(ticketId, agentId), JSON.stringify(content))
    } catch {
      // Storage is full or switched off: the server's copy is the only one.
    }
  },
  drop(ticketId: string, agentId: string): void {
    try {
      localStorage.removeItem(nameOf(ticketId, agentId))
    } catch {
      // There was none.
    }
  },
}

function nameOf(ticketId: string, agentId: string): string {
  return `mainstay.draft.${agentId}.${ticketId}`
}

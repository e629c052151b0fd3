import type { Draft } from '#contract/drafts.ts'
import type { Address, Attachment } from '#contract/inbox.ts'
import type * as z from 'zod'

export type Addresses = z.infer<typeof Address>[]

/** What stands in a composer. `to` and `cc` are null while they are the ones the desk proposes. */
export type DraftContent = {
  kind: 'reply' | 'note'
  html: string
  to: Addresses | null
  cc: Addresses | null
  attachments: Attachment[]
}

export const emptyDraft: DraftContent = { kind: 'reply', html: '', to: null, cc: null, attachments: [] }

/** Nothing anybody would miss: no words, no files. */
export function isBlank({ html, attachments }: Pick<DraftContent, 'html' | 'attachments'>): boolean {
  return attachments.length === 0 && !/<img/i.test(html) && html.replace(/<[^>]*>|&nbsp;|\s/g, '') === ''
}

export function contentOf(draft: z.infer<typeof Draft> | null): DraftContent {
  if (!draft) return emptyDraft
  const { kind, html, to, cc, attachments } = draft
  return { kind, html, to, cc, attachments }
}

/** A reply that was taken back, with what has been written since kept below it. */
export function withTakenBack(restored: DraftContent, since: DraftContent): DraftContent {
  if (isBlank(since)) return restored
  const known = new Set(restored.attachments.map(({ id }) => id))
  return {
    ...restored,
    html: `${restored.html}${since.html}`,
    attachments: [...restored.attachments, ...since.attachments.filter(({ id }) => !known.has(id))],
  }
}

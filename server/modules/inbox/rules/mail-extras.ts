import type * as z from 'zod'
import type { MailExtras as Extras, Proposal as Proposed } from '#contract/inbox.ts'

/** What is kept of a mail beside its text, people and ids. */
export type MailExtras = z.infer<typeof Extras>

/** Its subject is another one than its ticket's, and what is new in it opens a topic of its own. */
export type Proposal = z.infer<typeof Proposed>

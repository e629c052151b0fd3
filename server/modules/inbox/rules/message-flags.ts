import type { AutoMail } from './auto-mail.ts'
import type { ThreadDecision } from './threading.ts'

export type FlaggedMail = {
  /** Its Message-ID was used before for other content. */
  flagged: boolean
  classification: AutoMail
  decision: ThreadDecision
  warnings: readonly string[]
  cardMasked: boolean
  sender: { flags: readonly string[] }
}

/** What a message carries as marks of its own in the conversation. */
export function messageFlags({
  flagged,
  classification,
  decision,
  warnings,
  cardMasked,
  sender,
}: FlaggedMail): string[] {
  return [
    ...sender.flags,
    ...(decision.subjectChanged ? ['subject_changed'] : []),
    ...(flagged ? ['reused_message_id'] : []),
    ...(classification.kind === 'auto_reply' ? ['auto_reply'] : []),
    ...(classification.kind === 'bounce' ? ['bounce'] : []),
    ...(classification.kind === 'feedback_report' ? ['complaint'] : []),
    ...(classification.code === 'calendar_reply' ? ['calendar_reply'] : []),
    ...(classification.kind === 'list' ? ['list'] : []),
    ...(warnings.length > 0 ? ['parse_warnings'] : []),
    ...(cardMasked ? ['card_masked'] : []),
  ]
}

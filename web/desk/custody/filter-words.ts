import { t } from '../messages/translate.ts'
import type { CustodyFilters } from '../paths.ts'

/** Parts of addresses are looked for by three characters at a time. */
export function usable(text: string | undefined): text is string {
  return text !== undefined && text.trim().length >= 3
}

/** What is looked for, as one sentence. */
export function filterWords(filters: CustodyFilters, mailbox: string | undefined): string {
  const { sender, recipient, subject, messageId, from, to, flagged } = filters
  const parts = [
    usable(sender) && t('custody.words.sender', { sender }),
    usable(recipient) && t('custody.words.recipient', { recipient }),
    subject && t('custody.words.subject', { subject }),
    messageId && t('custody.words.messageId', { messageId }),
    from && t('custody.words.from', { day: from }),
    to && t('custody.words.to', { day: to }),
    flagged === 'true' && t('custody.words.flagged'),
    mailbox && t('custody.words.mailbox', { mailbox }),
  ].filter(Boolean)
  return t('custody.words', { what: parts.join(', ') })
}

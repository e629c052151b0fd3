import type { MailFacts, MailHeaders } from './mail-facts.ts'

/** A mail as a person writes it, with whatever a test changes. */
export function facts(change: Partial<Omit<MailFacts, 'headers'>> = {}, headers: Partial<MailHeaders> = {}): MailFacts {
  return {
    providerId: 'one@example.org',
    from: { address: 'ada@example.org', name: 'Ada Byron' },
    to: [{ address: 'support@desk.example', name: '' }],
    cc: [],
    subject: 'Charged twice',
    text: 'Hello, I was charged twice.',
    references: [],
    attachments: [],
    ...change,
    headers: {
      returnPath: 'ada@example.org',
      listUnsubscribe: false,
      autoReplyMarks: [],
      bounceMarks: [],
      contentType: 'text/plain',
      partTypes: [],
      ...headers,
    },
  }
}

import type { FailureReason, MailFailure } from './bounce-facts.ts'

const why: Record<FailureReason, [what: string, todo: string]> = {
  unknown_user: ['there is no such mailbox', 'Check the spelling or reach the customer another way.'],
  unknown_domain: ['its domain takes no mail or does not exist', 'Check the spelling of the part after the @.'],
  moved: ['the mailbox has moved', 'Ask for the new address.'],
  accepts_no_mail: ['its domain says that it takes no mail at all', 'Reach the customer another way.'],
  mailbox_full: ['the mailbox is full', 'Send it again in some days.'],
  disabled: ['the mailbox is switched off', 'Send it again later or reach the customer another way.'],
  too_big: ['the mail is too large for it', 'Send it again with smaller files or a link.'],
  spam: ['the other side took it for spam', 'Send it again in other words, or without links.'],
  content: ['the other side does not take its content', 'Send it again without the attachment.'],
  reputation: ['the other side blocks our mail server', 'Tell whoever runs our mail server; the address may be fine.'],
  authentication: [
    'the other side could not verify that we sent it',
    'Have the SPF, DKIM and DMARC records of our domain checked.',
  ],
  encryption: ['the two mail servers agree on no encryption or login', 'Tell whoever runs our mail server.'],
  relaying: ['the server that was asked does not take mail for it', 'Check the spelling of the part after the @.'],
  policy: ['a rule of the other side does not let it in', 'Reach the customer another way.'],
  refused: ['the other side refused it', 'Send it again later or reach the customer another way.'],
  rate: ['the other side takes no more mail from us for now', 'Send it again later.'],
  loop: ['it was forwarded in a circle', 'Tell the customer that their forwarding is broken.'],
  network: ['its mail server could not be reached', 'Send it again later.'],
  expired: ['its mail server did not take it in days', 'Send it again later.'],
  system: ['its mail server is not in order', 'Send it again later.'],
  undefined: ['the reason given is not clear', 'Read the report below the reply.'],
  complaint: ['it was reported as unwanted', 'Automatic mail is held back from it.'],
}

/** The plain reason of a failure and what to do, as two sentences about one address. */
export function inWords({ address, reason }: Pick<MailFailure, 'address' | 'reason'>): string {
  const [what, todo] = why[reason]
  return `${address}: ${what}. ${todo}`
}

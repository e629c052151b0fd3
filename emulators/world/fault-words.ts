import type { MailFaultKind } from '../mail/faults.ts'

type Words = { title: string; says: string }

/** What each fault of the mail servers does, for a person. */
export const mailFaultWords: Record<MailFaultKind, Words> = {
  refuse_recipient: {
    title: 'Unknown recipient',
    says: 'RCPT is answered 550: the address does not exist. Final, nothing is delivered.',
  },
  greylist: {
    title: 'Greylisting',
    says: 'RCPT is answered 451, try again later, for as many tries as you say. Then mail is taken.',
  },
  rate_limit: {
    title: 'Ask for less mail',
    says: 'The recipient is answered 450: too many messages. The desk leaves the whole domain alone for a while.',
  },
  refuse_connection: {
    title: 'Connection refused',
    says: 'Every connection is cut before the greeting. Nothing is delivered.',
  },
  hang_before_dot: {
    title: 'Hangs before the dot',
    says: 'RCPT is never answered. Nothing was delivered, so trying again is safe.',
  },
  hang_after_dot: {
    title: 'Hangs after the dot',
    says: 'The message arrives, but its answer is never sent: the desk cannot know.',
  },
  drop_after_dot: {
    title: 'Cut after the dot',
    says: 'The message arrives, then the connection is cut without an answer: the desk cannot know.',
  },
  refuse_message: {
    title: 'Refused as spam',
    says: 'The message is read to its end and then answered 554. Final, nothing is kept.',
  },
  slow: { title: 'Slow answer', says: 'The message arrives, and its answer comes only after the delay.' },
  bounce: {
    title: 'Bounces',
    says: 'The message is accepted with 250, then returned to the desk by a delivery status notification.',
  },
}

/** What each fault of the Stripe API does. */
export const stripeFaultWords = {
  decline: { title: 'Payment declined', says: 'The next payment fails as if the bank had said no. Renewals included.' },
  '429': { title: 'Too many requests', says: 'The request is answered 429 and not carried out.' },
  '500_before': { title: 'Error before the effect', says: 'Answered 500, and nothing was done.' },
  '500_after': { title: 'Error after the effect', says: 'Answered 500, though the work was done: the refund exists.' },
  lost_request: { title: 'Lost request', says: 'The connection is cut before anything is done.' },
  lost_answer: { title: 'Lost answer', says: 'The work is done, then the connection is cut before the answer.' },
  slow: { title: 'Slow answer', says: 'The work is done, and the answer comes only after the delay.' },
  timeout: { title: 'No answer', says: 'The work is done, and the answer never comes.' },
} satisfies Record<string, Words>

export type StripeFaultKind = keyof typeof stripeFaultWords

/** In the order of the page; a key that looks like a number would come first by itself. */
export const stripeFaultKinds: StripeFaultKind[] = [
  'decline',
  '500_before',
  '500_after',
  'lost_request',
  'lost_answer',
  '429',
  'slow',
  'timeout',
]

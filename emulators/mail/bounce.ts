import { randomUUID } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { Composed } from './compose.ts'
import type { StoredMail } from './mailbox.ts'

/** The address a notification about these recipients comes from. */
export function mailerDaemon(recipients: string[]): string {
  return `MAILER-DAEMON@mx.${recipients[0]?.split('@').at(-1) ?? 'world.test'}`
}

/** The delivery status notification (RFC 3464) a mail server returns for recipients it cannot deliver to; null sender, so that it is never answered. */
export function composeBounce(mail: StoredMail, recipients: string[], clock: Clock): Composed {
  const domain = recipients[0]?.split('@').at(-1) ?? 'world.test'
  const boundary = `bounce-${randomUUID()}`
  const date = new Date(clock.now()).toUTCString().replace('GMT', '+0000')
  const statuses = recipients.map(
    (address) =>
      `Final-Recipient: rfc822; ${address}\r\nOriginal-Recipient: rfc822; ${address}\r\nAction: failed\r\nStatus: 5.1.1\r\n` +
      `Remote-MTA: dns; mx.${domain}\r\nDiagnostic-Code: smtp; 550 5.1.1 <${address}>: Recipient address rejected: no such user here\r\n`,
  )
  const head = [
    'Return-Path: <>',
    `Date: ${date}`,
    `From: Mail Delivery System <${mailerDaemon(recipients)}>`,
    `To: ${mail.envelope.from}`,
    'Subject: Undelivered Mail Returned to Sender',
    `Message-ID: <${randomUUID()}@mx.${domain}>`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=delivery-status; boundary="${boundary}"`,
    '',
    'This is a MIME-encapsulated message.',
  ]
  const words = [
    `This is the mail system at host mx.${domain}.`,
    '',
    'Your message could not be delivered to one or more recipients.',
    'It is attached below.',
    '',
    ...recipients.map((address) => `<${address}>: host mx.${domain} said: 550 5.1.1 <${address}>: no such user here`),
  ]
  const parts = [
    ['text/plain; charset=us-ascii', 'Notification', words.join('\r\n')],
    [
      'message/delivery-status',
      'Delivery report',
      `Reporting-MTA: dns; mx.${domain}\r\nArrival-Date: ${date}\r\n\r\n${statuses.join('\r\n')}`,
    ],
    ['message/rfc822', 'Undelivered Message', Buffer.from(mail.base64, 'base64').toString('latin1')],
  ].map(
    ([type, what, body]) => `--${boundary}\r\nContent-Description: ${what}\r\nContent-Type: ${type}\r\n\r\n${body}\r\n`,
  )
  const text = `${head.join('\r\n')}\r\n\r\n${parts.join('\r\n')}\r\n--${boundary}--\r\n`
  return { raw: Buffer.from(text, 'latin1'), envelope: { from: '', to: [mail.envelope.from] } }
}

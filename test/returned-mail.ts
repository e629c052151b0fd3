import type { Letter } from './letters.ts'

type Group = { to: string; action?: string; status?: string; diagnostic?: string }

/** A delivery report about these recipients of one of our mails, as a mail server returns it. */
export function bounceOf(providerId: string, groups: readonly Group[]): Letter {
  return {
    from: 'Mail Delivery System <MAILER-DAEMON@mx.relay.test>',
    subject: 'Undelivered Mail Returned to Sender',
    envelope: { from: '' },
    headers: reportHeaders('delivery-status'),
    text: [
      ...part('text/plain', ['Your mail could not be delivered.']),
      ...part('message/delivery-status', [
        'Reporting-MTA: dns; mx.relay.test',
        '',
        ...groups.flatMap(({ to, action = 'failed', status = '5.1.1', diagnostic = '550 5.1.1 User unknown' }) => [
          `Final-Recipient: rfc822; ${to}`,
          `Action: ${action}`,
          `Status: ${status}`,
          `Diagnostic-Code: smtp; ${diagnostic}`,
          '',
        ]),
      ]),
      ...part('message/rfc822', returned(providerId)),
      '--b--',
    ].join('\r\n'),
  }
}

/** A bounce that no machine was meant to read: words alone, to whichever address it came back. */
export function wordedBounce(lines: readonly string[], to?: string): Letter {
  return {
    id: null,
    from: 'MAILER-DAEMON@mx.relay.test',
    subject: 'failure notice',
    envelope: { from: '', ...(to ? { to: [to] } : {}) },
    text: lines.join('\r\n'),
  }
}

/** A provider's report of what a recipient did with one of our mails. */
export function complaintOf(providerId: string, to: string, type = 'abuse'): Letter {
  return {
    from: 'feedback@provider.test',
    subject: 'complaint',
    envelope: { from: '' },
    headers: reportHeaders('feedback-report'),
    text: [
      ...part('text/plain', ['This is a report.']),
      ...part('message/feedback-report', [`Feedback-Type: ${type}`, `Original-Rcpt-To: <${to}>`]),
      ...part('message/rfc822', returned(providerId)),
      '--b--',
    ].join('\r\n'),
  }
}

function reportHeaders(type: string): string[] {
  return ['MIME-Version: 1.0', `Content-Type: multipart/report; report-type=${type}; boundary=b`]
}

function part(type: string, lines: readonly string[]): string[] {
  return ['--b', `Content-Type: ${type}`, '', ...lines]
}

function returned(providerId: string): string[] {
  return [`Message-ID: <${providerId}>`, 'Subject: Re: Help', '', 'We are on it.']
}

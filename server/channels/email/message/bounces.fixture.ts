import { mail, multipart } from './mail.fixture.ts'

export type BounceFixture = {
  family: string
  bytes: Buffer
  /** address, kind, reason, in the order of the mail. */
  expected: [string, string, string][]
}

const daemon = {
  From: 'Mail Delivery System <MAILER-DAEMON@mx.desk.example>',
  To: 'support@desk.example',
  'Return-Path': '<>',
}
const prose = (family: string, subject: string, lines: string[], expected: BounceFixture['expected'], from = {}) => ({
  family,
  bytes: mail({ ...daemon, Subject: subject, ...from }, ...lines),
  expected,
})
const returned = [
  'Received: from desk.example by mx.desk.example',
  'Message-ID: <first@desk.example>',
  'Subject: Hi',
  '',
]
const dsn = (family: string, notice: string[], fields: string[], expected: BounceFixture['expected']) => ({
  family,
  bytes: multipart(
    'report; report-type=delivery-status',
    [
      ['Content-Type: text/plain', '', ...notice],
      ['Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx.desk.example', '', ...fields],
      ['Content-Type: message/rfc822', '', ...returned, 'Hello', ''],
    ],
    { ...daemon, Subject: 'Undelivered Mail Returned to Sender' },
  ),
  expected,
})

/** Bounces as the usual servers write them; composed for these tests. */
export const bounceFixtures: BounceFixture[] = [
  dsn(
    'Postfix report',
    ['<gone@customer.example>: host mx.customer.example said: 550 5.1.1 User unknown (in reply to RCPT TO command)'],
    [
      'Final-Recipient: rfc822; gone@customer.example',
      'Action: failed',
      'Status: 5.1.1',
      'Remote-MTA: dns; mx.customer.example',
      'Diagnostic-Code: smtp; 550 5.1.1 <gone@customer.example>: Recipient address rejected: User unknown',
    ],
    [['gone@customer.example', 'hard', 'unknown_user']],
  ),
  dsn(
    'two recipients, one full and one delivered',
    ['The mail could not reach everybody.'],
    [
      'Final-Recipient: rfc822; full@customer.example',
      'Action: failed',
      'Status: 5.2.2',
      'Diagnostic-Code: smtp; 552 5.2.2 mailbox over quota',
      '',
      'Final-Recipient: rfc822; fine@customer.example',
      'Action: delivered',
      'Status: 2.0.0',
    ],
    [['full@customer.example', 'soft', 'mailbox_full']],
  ),
  dsn(
    'delayed',
    ['Delivery is delayed. You do not need to resend your message.'],
    [
      'Final-Recipient: rfc822; slow@customer.example',
      'Action: delayed',
      'Status: 4.4.1',
      'Diagnostic-Code: smtp; connection to mx.customer.example timed out',
    ],
    [['slow@customer.example', 'soft', 'network']],
  ),
  dsn(
    'Office 365',
    ['Your message to blocked@customer.example could not be delivered.'],
    [
      'Final-Recipient: rfc822;blocked@customer.example',
      'Action: failed',
      'Status: 5.7.606',
      'Diagnostic-Code: smtp;550 5.7.606 Access denied, banned sending IP [192.0.2.9]. To request removal visit the portal',
    ],
    [['blocked@customer.example', 'block', 'reputation']],
  ),
  dsn(
    'Gmail report',
    [
      '** Address not found **',
      "Your message wasn't delivered to nobody@mail.example because the address couldn't be found.",
    ],
    [
      'Final-Recipient: rfc822; nobody@mail.example',
      'Action: failed',
      'Status: 5.1.1',
      'Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist. Please try double-checking',
    ],
    [['nobody@mail.example', 'hard', 'unknown_user']],
  ),
  dsn(
    'DMARC',
    ['Not delivered.'],
    [
      'Final-Recipient: rfc822; strict@customer.example',
      'Action: failed',
      'Status: 5.7.26',
      'Diagnostic-Code: smtp; 550 5.7.26 Unauthenticated email from desk.example is not accepted due to domain owner DMARC policy',
    ],
    [['strict@customer.example', 'block', 'authentication']],
  ),
  prose(
    'qmail',
    'failure notice',
    [
      'Hi. This is the qmail-send program at mx.desk.example.',
      "I'm afraid I wasn't able to deliver your message to the following addresses.",
      "This is a permanent error; I've given up. Sorry it didn't work out.",
      '',
      '<gone@customer.example>:',
      'Sorry, no mailbox here by that name. (#5.1.1)',
      '',
      '<other@nowhere.example>:',
      "Sorry, I couldn't find any host named nowhere.example. (#5.1.2)",
      '',
      '--- Below this line is a copy of the message.',
      '',
      ...returned,
    ],
    [
      ['gone@customer.example', 'hard', 'unknown_user'],
      ['other@nowhere.example', 'hard', 'unknown_domain'],
    ],
  ),
  prose(
    'Exim',
    'Mail delivery failed: returning message to sender',
    [
      'This message was created automatically by mail delivery software.',
      '',
      'A message that you sent could not be delivered to one or more of its',
      'recipients. This is a permanent error. The following address(es) failed:',
      '',
      '  full@customer.example',
      '    SMTP error from remote mail server after RCPT TO:<full@customer.example>:',
      '    host mx.customer.example [192.0.2.3]: 552 5.2.2 mailbox is full',
      '',
      '------ This is a copy of the message, including all the headers. ------',
      '',
      ...returned,
    ],
    [['full@customer.example', 'soft', 'mailbox_full']],
  ),
  prose(
    'Exim, refused after the mail was sent',
    'Mail delivery failed: returning message to sender',
    [
      'This message was created automatically by mail delivery software.',
      'A message that you sent could not be delivered to one or more of its recipients.',
      '',
      '  picky@mobile.example',
      '    SMTP error from remote mail server after end of data:',
      '    host mx.mobile.example [192.0.2.4]: 550 User unknown',
      '',
      '------ This is a copy of the message, including all the headers. ------',
      '',
      ...returned,
    ],
    [['picky@mobile.example', 'block', 'refused']],
  ),
  prose(
    'Postfix in words',
    'Undelivered Mail Returned to Sender',
    [
      'This is the mail system at host mx.desk.example.',
      '',
      '<big@customer.example>: message size 31457280 exceeds size limit 10485760 of',
      '    server mx.customer.example[192.0.2.5]',
    ],
    [['big@customer.example', 'soft', 'too_big']],
  ),
  prose(
    'Sendmail',
    'Returned mail: see transcript for details',
    [
      'The original message was received at Mon, 2 Nov 2026 09:00:00 GMT',
      '',
      '   ----- The following addresses had permanent fatal errors -----',
      '<gone@customer.example>',
      '    (reason: 550 5.1.1 <gone@customer.example>... User unknown)',
      '',
      '   ----- Transcript of session follows -----',
      '... while talking to mx.customer.example.:',
      '>>> DATA',
      '<<< 550 5.1.1 <gone@customer.example>... User unknown',
      '<<< 503 5.0.0 Need RCPT (recipient)',
    ],
    [['gone@customer.example', 'hard', 'unknown_user']],
  ),
  prose(
    'Exchange 2003',
    'Undeliverable: Hi',
    [
      'Your message',
      '',
      '  To:      gone@customer.example',
      '  Subject: Hi',
      '',
      'did not reach the following recipient(s):',
      '',
      'gone@customer.example on Mon, 2 Nov 2026 09:00:00 -0000',
      '    The recipient name is not recognized',
      '    MSEXCH:IMS:DESK:MAIL 0 (000C05A6) Unknown Recipient',
    ],
    [['gone@customer.example', 'hard', 'unknown_user']],
    { From: 'System Administrator <postmaster@customer.example>' },
  ),
  prose(
    'Domino',
    'DELIVERY FAILURE: User gone not listed in Domino Directory',
    [
      'Your message',
      '',
      '  Subject: Hi',
      '',
      'was not delivered to:',
      '',
      '  gone@customer.example',
      '',
      'because:',
      '',
      '  User gone (gone@customer.example) not listed in Domino Directory',
    ],
    [['gone@customer.example', 'hard', 'unknown_user']],
  ),
  prose(
    'Yahoo',
    'Failure Notice',
    [
      'Sorry, we were unable to deliver your message to the following address.',
      '',
      '<off@customer.example>:',
      '554: delivery error: dd This mailbox is disabled (554.30). - mta1.customer.example [0]',
      '',
      '--- Below this line is a copy of the message.',
      '',
      ...returned,
    ],
    [['off@customer.example', 'soft', 'disabled']],
  ),
  prose(
    'mobile carrier in Japan',
    'Mail System Error - Returned Mail',
    [
      'Each of the following recipients was rejected by a remote mail server.',
      '',
      'Recipient: <nobody@mobile.example>',
      '>>> RCPT TO:<nobody@mobile.example>',
      '<<< 550 <nobody@mobile.example>: User unknown',
    ],
    [['nobody@mobile.example', 'hard', 'unknown_user']],
  ),
  prose(
    'Japanese words',
    'エラー通知',
    ['次の宛先への送信に失敗しました。', '', '<nobody@mobile.example>:', '宛先のメールアドレスが存在しません。'],
    [['nobody@mobile.example', 'hard', 'unknown_user']],
  ),
  prose(
    'IIJ and mFILTER',
    'failure notice',
    [
      'このメールは送信できませんでした。',
      '以下のメールアドレスへの送信に失敗しました。',
      'nobody@mobile.example',
      '',
      '-------server message',
      '550 5.1.1 unknown user <nobody@mobile.example>',
      '',
      '-------SMTP command',
      'RCPT TO',
      '',
      '-------original message',
      ...returned,
    ],
    [['nobody@mobile.example', 'hard', 'unknown_user']],
  ),
  prose(
    'Amazon SES by SNS',
    'AWS Notification Message',
    [
      JSON.stringify({
        notificationType: 'Bounce',
        bounce: {
          bounceType: 'Permanent',
          bouncedRecipients: [
            { emailAddress: 'gone@customer.example', status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 user unknown' },
          ],
        },
        mail: { source: 'support@desk.example', destination: ['gone@customer.example', 'fine@customer.example'] },
      }),
    ],
    [['gone@customer.example', 'hard', 'unknown_user']],
    { From: 'AWS Notifications <no-reply@sns.amazonaws.com>', 'Return-Path': null },
  ),
  dsn(
    'SendGrid',
    [
      'This is an automatically generated message from SendGrid.',
      '',
      'I am sorry to tell you that your mail was not delivered.',
    ],
    [
      'Final-Recipient: rfc822; full@customer.example',
      'Action: failed',
      'Status: 5.5.0',
      'Diagnostic-Code: 550 5.5.0 Requested action aborted: exceeded storage allocation, mailbox full',
    ],
    [['full@customer.example', 'soft', 'mailbox_full']],
  ),
  dsn(
    'Mailgun',
    ['Your message could not be delivered.'],
    [
      'Final-Recipient: rfc822; junk@customer.example',
      'Action: failed',
      'Status: 5.0.0',
      'Diagnostic-Code: smtp; 554 Message rejected because of unacceptable content: looks like spam',
    ],
    [['junk@customer.example', 'block', 'spam']],
  ),
  prose(
    'mail.ru',
    'Ваше сообщение не доставлено. Mail failure.',
    [
      'Это письмо создано автоматически сервером, отвечать на него не нужно.',
      'К сожалению, Ваше письмо не может быть доставлено одному или нескольким получателям:',
      '',
      '  nobody@customer.example',
      '    an MX or SRV record indicated no SMTP service',
      '',
      '------ This is a copy of the message, including all the headers. ------',
      ...returned,
    ],
    [['nobody@customer.example', 'hard', 'accepts_no_mail']],
  ),
  prose(
    'throttled',
    'Mail delivery failed',
    [
      '<busy@customer.example>: host mx.customer.example said: 421 4.7.0 too many connections from your server, slow down',
    ],
    [['busy@customer.example', 'soft', 'rate']],
  ),
  prose(
    'a failed header and no other word',
    'Mail delivery failed',
    ['It could not be delivered.'],
    [['gone@customer.example', 'soft', 'undefined']],
    { 'X-Failed-Recipients': 'gone@customer.example' },
  ),
]

import { demoAgents } from '../company.ts'
import type { Day } from '../day.ts'
import { people } from '../people.ts'
import { scene, type Scene } from '../scene.ts'
import { answersUnderNewSubject } from '../play/customer.ts'
import { mergesInto } from '../play/agent.ts'

/** Mail that wants some care: sent twice, forwarded by us, with another topic, another address, an invitation, a card number. */
export function mailCareScenes(day: Day): Scene[] {
  const card = scene('card-number', 'A card number in a mail').writes(day.today('10:05'), 'grace', {
    subject: 'My new card is not taken',
    text: `Hi,

I tried to enter my new card three times and it is always declined. The number is 4242 4242 4242 4242, it runs until 12/29. Can you enter it for me?

Grace`,
  })

  const first = scene('export-first', 'A question asked twice').writes(day.today('09:20'), 'emma', {
    subject: 'Export of my answers stops at 500',
    text: 'Hello, the export of my answers ends after 500 rows, although I have about 1,900. Is there a limit?\n\nEmma',
  })
  const again = scene('export-again', 'The same question again')
    .writes(day.today('09:58'), 'emma', {
      subject: 'Export, once more',
      text: 'Me again: the file ends at the same row when I export only this year.\n\nEmma',
    })
    .outside(day.today('10:12'), 'we merge the two', (stage) =>
      mergesInto(stage, 'export-again', 'ken', 'export-first'),
    )

  const newTopic = scene('second-topic', 'Another topic under an old thread')
    .writes(day.yesterday('09:05'), 'jakob', {
      subject: 'Where do I find my invoices?',
      text: 'Hi, I need last month’s invoice for my tax adviser. Where is it?\n\nJakob',
    })
    .reply(
      day.yesterday('09:31'),
      'ken',
      'Hi Jakob,\n\nunder Settings, Billing, Invoices. You can also have each one sent to your adviser.\n\nKen',
      'pending',
    )
    .outside(day.today('08:15'), 'Jakob answers with something new', (stage) =>
      answersUnderNewSubject(stage, 'second-topic', people.jakob, {
        subject: 'Answers in Swedish',
        text: 'Something else: since this week answers to my Swedish documents come back in English, with the sources still in Swedish. Can I pin the language?\n\nJakob',
      }),
    )

  const invitation = scene('rollout-call', 'An invitation').writes(day.yesterday('13:40'), 'priya', {
    to: 'enterprise',
    subject: 'Invitation: SSO rollout, 30 minutes',
    text: 'Could we go through the rollout together? I have sent an invitation.\n\nPriya',
    attachments: [{ name: 'invite.ics', type: 'text/calendar; method=REQUEST', base64: inviteFor(day) }],
  })

  const ken = demoAgents.find(({ key }) => key === 'ken')
  const forwarded = scene('forwarded', 'A mail that reached one of us').outside(
    day.today('09:02'),
    'Ken forwards it',
    (stage) =>
      stage.outside.send({
        from: ken?.email ?? '',
        fromName: ken?.name ?? '',
        to: stage.supportAddress,
        messageId: `<forwarded.${stage.run}@mail.example>`,
        subject: 'Fwd: Can I get my student discount back?',
        text: `Came to my own address.

---------- Forwarded message ---------
From: ${people.lucas.name} <${people.lucas.email}>
Date: ${day.today('08:47').toZonedDateTimeISO(day.timeZone).toPlainDate().toString()} 08:47
Subject: Can I get my student discount back?
To: ${ken?.name} <${ken?.email}>

Hello Ken,

my discount ended with the summer term, but I am still a student until next year. What do you need from me?

Lucas`,
      }),
  )

  const elsewhere = scene('answer-elsewhere', 'Answers wanted elsewhere').writes(day.today('10:31'), 'amelia', {
    subject: 'Two workspaces, one of them by mistake',
    text: 'Hi, I seem to have made two workspaces. Please delete the empty one. I am on the road, so answer to my work address.\n\nAmelia',
    headers: { 'Reply-To': 'Amelia Stone <amelia@stone-interiors.example>' },
  })

  return [card, first, again, newTopic, invitation, forwarded, elsewhere]
}

/** An invitation for the third day from now at ten, as calendar programs send it. */
function inviteFor(day: Day): string {
  const start = day.now.toZonedDateTimeISO(day.timeZone).add({ days: 3 }).with({ hour: 10, minute: 0, second: 0 })
  const utc = (at: Temporal.ZonedDateTime) =>
    at.toInstant().toString({ fractionalSecondDigits: 0 }).replaceAll(/[-:]/g, '')
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Meridian//Calendar//EN',
    'METHOD:REQUEST',
    'BEGIN:VEVENT',
    'UID:rollout-call@meridianhealth.example',
    `DTSTAMP:${utc(start.subtract({ days: 4 }))}`,
    `DTSTART:${utc(start)}`,
    `DTEND:${utc(start.add({ minutes: 30 }))}`,
    'SUMMARY:SSO rollout',
    'LOCATION:Video call',
    `ORGANIZER;CN=${people.priya.name}:mailto:${people.priya.email}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return Buffer.from(`${lines.join('\r\n')}\r\n`).toString('base64')
}

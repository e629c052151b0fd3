import type { Day } from '../day.ts'
import { people } from '../people.ts'
import { mergesInto } from '../play/agent.ts'
import { scene, type Scene } from '../scene.ts'
import { weekAgo } from './week.ts'

/** Tickets of the second month: a dispute, expired cards, and in week six the morning when nothing worked. */
export function secondMonth(day: Day): Scene[] {
  const [w8, w7, w5] = [weekAgo(day, 8), weekAgo(day, 7), weekAgo(day, 5)]
  return [
    scene('w8-dispute-ben', 'A disputed charge')
      .writes(w8('1 09:35'), 'ben', {
        subject: 'I disputed a payment by mistake',
        text: 'Hello, I think I clicked "I do not know this" in my banking app on your $49. That was the gym I wanted, not you. Can you fix it?\n\nBen Ashworth',
      })
      .billing(w8('1 12:20'), 'fina')
      .note(
        w8('1 12:20'),
        'fina',
        'Dispute is open at his bank. We answer it with his sign-ins and attach this mail; no refund meanwhile.',
      )
      .reply(
        w8('1 17:10'),
        'mia',
        'Hi Ben,\n\nthank you for saying so. The bank has to decide now and will see your mail; if you tell them as well that you withdraw the claim, it is quicker. Your Pro plan stays as it is.\n\nMia',
        'pending',
      )
      .answers(w8('4 08:50'), 'ben', 'Told them by phone, they noted it. Sorry about the mess.')
      .change(w8('4 10:05'), 'fina', { status: 'on_hold', tags: ['dispute'] }),

    scene('w8-student', 'Proof of studies')
      .writes(w8('1 09:00'), 'lukas', {
        subject: 'Studierendenrabatt: Nachweis',
        text: 'Hallo, anbei mein Nachweis fürs Sommersemester. Gilt der halbe Preis dann auch rückwirkend ab diesem Monat?\n\nLukas',
        attachments: [
          {
            name: 'immatrikulation.txt',
            type: 'text/plain',
            base64: Buffer.from('Universität, Sommersemester, gültig bis 30.9.\n').toString('base64'),
          },
        ],
      })
      .reply(
        w8('1 09:35'),
        'ken',
        'Hallo Lukas,\n\nder Rabatt ist eingetragen: 9,00 € statt 18,00 €, ab der nächsten Rechnung. Rückwirkend geht es leider nicht.\n\nKen',
        'solved',
      )
      .rates(w8('1 12:20'), 'lukas', 4),

    scene('w8-keyboard', 'Keyboard shortcuts')
      .writes(w8('4 10:05'), 'eric', {
        subject: 'Shortcut for "next source"?',
        text: 'Is there a list of keyboard shortcuts somewhere? I go through 50 sources a day with the mouse.\n\nEric',
      })
      .reply(
        w8('4 14:20'),
        'ken',
        'Hi Eric,\n\npress ? anywhere. J and K move between sources, O opens one.\n\nKen',
        'solved',
      )
      .rates(w8('4 18:15'), 'eric', 5, 'Life changing'),

    scene('w8-wrong-name', 'A name on the invoice')
      .writes(w8('4 14:20'), 'fatima', {
        subject: 'Erreur de nom sur la facture',
        text: 'Bonjour,\n\nmon nom est écrit « El Idrisi » sur la facture, il manque un s. Pouvez-vous corriger ?\n\nFatima El Idrissi',
      })
      .reply(
        w8('5 10:40'),
        'mia',
        'Bonjour Fatima,\n\nc’est corrigé, et la facture a été rééditée. Toutes mes excuses pour la coquille.\n\nMia',
        'solved',
      )
      .rates(w8('5 16:30'), 'fatima', 4),

    scene('w7-ines', 'A month hardly used')
      .writes(w7('1 09:00'), 'ines', {
        subject: 'Was in hospital, could I get this month back?',
        text: 'Olá, I was in hospital most of this month and could not use Plus at all. I know it is not your fault, but would you consider returning it?\n\nInês',
      })
      .refund(w7('1 09:35'), 'ken', {
        cause: 'goodwill',
        reason: 'Ill for most of the month, asks politely, first time.',
      })
      .reply(
        w7('1 12:20'),
        'ken',
        'Olá Inês,\n\nI hope you are well again. As a gesture I have refunded half of this month; it will be on your card within 5 to 10 days.\n\nAll the best\nKen',
        'solved',
      )
      .rates(w7('1 17:10'), 'ines', 5, 'Very kind, thank you!'),

    scene('w7-pro', 'Plus or Pro')
      .writes(w7('1 09:00'), 'victor', {
        subject: 'What happens to my month if I move to Pro?',
        text: 'I paid for Plus ten days ago. If I switch to Pro today, is that money lost?\n\nVictor',
      })
      .reply(
        w7('1 09:35'),
        'mia',
        'Hi Victor,\n\nno: the days of Plus you have not used yet are taken off the first payment for Pro, to the day. You see the sum before you press the button.\n\nMia',
        'solved',
      )
      .rates(w7('1 17:10'), 'victor', 5),

    scene('w7-delete', 'Deleting an account')
      .writes(w7('4 08:50'), 'arthur', {
        subject: 'DELETE MY UPLOADS',
        text: 'I want every file I ever uploaded gone. Not archived. Gone. And a confirmation in writing.',
      })
      .change(w7('4 10:05'), 'mia', { tags: ['privacy', 'deletion'], priority: 'high' })
      .reply(
        w7('4 18:15'),
        'mia',
        'Dear Arthur,\n\nall 41 files have been deleted today; copies in our backups are overwritten within 30 days. Your account and your plan stay, as you asked about the files only.\n\nMia Okonkwo',
        'solved',
      )
      .rates(w7('5 16:30'), 'arthur', 2, '30 days is too long.'),

    scene('w7-team', 'Sharing with a colleague')
      .writes(w7('4 10:05'), 'hannah', {
        subject: 'Gemeinsame Bibliothek mit einer Kollegin?',
        text: 'Kann ich meine Bibliothek mit einer Kollegin teilen, ohne dass wir beide einen Workspace brauchen?\n\nHannah Weiss',
      })
      .reply(
        w7('4 14:20'),
        'ken',
        'Hallo Hannah,\n\nlesend ja: Bibliothek → Teilen → Mitlesen. Zum gemeinsamen Bearbeiten braucht es einen Workspace.\n\nKen',
        'solved',
      )
      .rates(w7('4 18:15'), 'hannah', 4),

    ...outage(day),

    scene('w5-ian', 'Half a year left')
      .writes(w5('1 09:00'), 'ian', {
        subject: 'Refund for the rest of my year',
        text: 'I changed jobs and do not need Lumenary until autumn. Can I have the remaining months of my yearly plan back?\n\nIan McKenna',
      })
      .refund(w5('1 12:20'), 'ken', { cause: 'remorse', reason: 'Changed jobs; asks for the months not used.' })
      .reject(
        w5('1 17:10'),
        'mia',
        'He wants it again in autumn. Offer him to move the months instead; refund if he declines.',
      )
      .reply(
        w5('2 09:30'),
        'mia',
        'Hi Ian,\n\nwould it suit you better if we paused the plan until September and added the months at the end? You would lose nothing, and the price stays. If you prefer the money, say so and we return the unused months.\n\nMia',
        'pending',
      )
      .answers(w5('4 08:50'), 'ian', 'Actually the pause suits me better. Please do that.')
      .reply(
        w5('4 10:05'),
        'mia',
        'Done: paused until 1 September, and the year runs longer by the same time.',
        'solved',
      )
      .rates(w5('4 14:20'), 'ian', 5, 'Good idea, did not know that was possible.'),

    scene('w5-dolores', 'Too expensive')
      .writes(w5('4 14:20'), 'dolores', {
        subject: 'Precio para jubilados',
        text: 'Hola, 18 € al mes es mucho para mi pensión. ¿Hay alguna tarifa reducida?\n\nDolores',
      })
      .reply(
        w5('5 10:40'),
        'ken',
        'Hola Dolores:\n\nde momento solo hay tarifa para estudiantes; lo siento. El plan gratuito permite 20 preguntas al mes y conserva su biblioteca.\n\nKen',
        'solved',
      )
      .rates(w5('5 16:30'), 'dolores', 2, 'Una pena.'),

    scene('w5-sso-test', 'A test of single sign-on')
      .writes(w5('1 09:35'), 'priya', {
        to: 'enterprise',
        subject: 'Second IdP for a test tenant',
        text: 'Hi,\n\ncan we connect a second identity provider for our test tenant without touching production? We would like to rehearse the certificate change.\n\nPriya Raman',
      })
      .change(w5('1 12:20'), 'mia', { tags: ['sso'], assignee: 'mia' })
      .reply(
        w5('1 17:10'),
        'mia',
        'Hi Priya,\n\nyes. I have made meridian-test for you; its settings are a copy without users. Whatever you change there stays there.\n\nMia',
        'pending',
      )
      .answers(w5('4 08:50'), 'priya', 'Works as expected, thanks. We plan the real change for next month.')
      .reply(w5('4 10:05'), 'mia', 'Very good. Write when you have a date, and somebody of us is there.', 'solved')
      .rates(w5('4 14:20'), 'priya', 5),

    scene('w5-spam-sofie', 'Mail lands in spam')
      .writes(w5('4 10:05'), 'sofie', {
        subject: 'Jullie mails komen in spam',
        text: 'Dag, jullie factuur zat weer in mijn spam. Kan dat aan jullie kant opgelost worden?\n\nSofie De Wit',
      })
      .reply(
        w5('4 18:15'),
        'ken',
        'Hi Sofie,\n\ninvoices now leave from the same address as our answers, which your provider trusts already. Please tell me if the next one is in spam again.\n\nKen',
        'solved',
      )
      .rates(w5('5 16:30'), 'sofie', 4),
  ]
}

/** Four and a half hours without answers: many write at once, and not all are answered in time. */
function outage(day: Day): Scene[] {
  const w6 = weekAgo(day, 6)
  const again = 'it works again since 13:40. A change of ours to the index was at fault and has been taken back.'
  return [
    scene('w6-outage-eric', 'Nothing works')
      .writes(w6('1 09:00'), 'eric', {
        subject: 'Is Lumenary down?',
        text: 'Only "something went wrong" since nine. I have a hearing at two and need my answers.\n\nEric',
      })
      .change(w6('1 09:35'), 'mia', { priority: 'urgent', tags: ['outage'], assignee: 'mia' })
      .reply(
        w6('1 09:35'),
        'mia',
        'Hi Eric,\n\nyes, for many, and everybody is on it. Your documents are safe. I write the minute it is back.\n\nMia',
        'open',
      )
      .reply(
        w6('1 17:10'),
        'mia',
        `Hi Eric,\n\n${again} I know that was too late for your hearing, and I am sorry.\n\nMia`,
        'solved',
      )
      .rates(w6('2 09:30'), 'eric', 3, 'Honest, but I lost the morning.')
      .answers(w6('4 08:50'), 'eric', 'Do I get anything back for that day? I pay for Pro because of such days.')
      .refund(w6('4 10:05'), 'mia', {
        cause: 'outage',
        amount: 450,
        reason: 'Four and a half hours in the middle of a working day.',
      })
      .reply(
        w6('4 10:05'),
        'mia',
        'Hi Eric,\n\nyou do: I have refunded 4.50 €, three days of Pro. Thank you for your patience.\n\nMia',
        'solved',
      ),

    scene('w6-outage-hannah', 'No answers this morning')
      .writes(w6('1 09:00'), 'hannah', {
        subject: 'Fehlermeldung bei jeder Frage',
        text: 'Seit kurz vor neun kommt bei jeder Frage „Etwas ist schiefgelaufen“. Liegt es an mir?\n\nHannah Weiss',
      })
      .reply(
        w6('1 17:10'),
        'ken',
        'Hallo Hannah,\n\nnein, es lag an uns: bis 13:40 Uhr ging für viele nichts. Die Ursache ist behoben.\n\nKen',
        'open',
      )
      .credit(w6('4 14:20'), 'mia', { amount: 500, reason: 'Half a day lost on Tuesday, Pro customer.' })
      .reply(
        w6('4 14:20'),
        'mia',
        'Hallo Hannah,\n\nfür den verlorenen Vormittag ziehen wir 5,00 € von Ihrer nächsten Rechnung ab.\n\nMia',
        'solved',
      )
      .rates(w6('4 18:15'), 'hannah', 5),

    scene('w6-outage-first', 'A mail from a queue of many')
      .writes(w6('1 09:00'), 'zoe', { subject: 'app broken', text: 'says error 503. deadline today!!!\n\nzoe' })
      .reply(w6('1 17:10'), 'ken', `Hi Zoe,\n\n${again}\n\nKen`, 'solved')
      .rates(w6('2 09:30'), 'zoe', 1, 'EIGHT HOURS.'),
    scene('w6-outage-again', 'The same, once more')
      .writes(w6('1 09:35'), 'zoe', { subject: 'Re: app broken', text: 'hello?? still 503' })
      .outside(w6('1 12:20'), 'we merge the two', (stage) =>
        mergesInto(stage, 'w6-outage-again', 'ken', 'w6-outage-first'),
      ),

    scene('w6-outage-diego', 'The API answers 503')
      .writes(w6('1 09:35'), 'diego', {
        subject: 'API: 503 since 09:02',
        text: 'Hola, every call answers 503 since 09:02 CET. Nothing on the status page. Is it me?\n\nDiego',
      })
      .reply(
        w6('1 12:20'),
        'ken',
        'Hola Diego,\n\nnot you. The status page is right now, it was half an hour late. We expect to be back early in the afternoon.\n\nKen',
        'pending',
      )
      .answers(w6('1 17:10'), 'diego', 'Confirmed, back. A Retry-After header on those 503s would be nice.')
      .reply(w6('2 09:30'), 'ken', 'Noted, and already asked for. Thank you!', 'solved')
      .rates(w6('4 08:50'), 'diego', 4),

    scene('w6-outage-marcus', 'When will it be back?')
      .writes(w6('1 09:00'), 'marcus', {
        to: 'enterprise',
        subject: 'P1: Lumenary unavailable for all users',
        text: 'All 120 users get errors since 03:05 our time. We need a time of recovery and an incident report.\n\nMarcus Reyes',
      })
      .change(w6('1 09:35'), 'mia', { priority: 'urgent', tags: ['outage', 'incident'], assignee: 'mia' })
      .reply(
        w6('1 09:35'),
        'mia',
        'Hi Marcus,\n\nconfirmed, and it is with our engineers since 09:10. Next word from me at noon at the latest.\n\nMia',
        'open',
      )
      .reply(
        w6('1 12:20'),
        'mia',
        'Hi Marcus,\n\nthe cause is found (a change to the index), it is being taken back now. Expected by 14:00 our time.\n\nMia',
        'open',
      )
      .reply(
        w6('1 17:10'),
        'mia',
        'Hi Marcus,\n\nback since 13:40 and stable. The incident report follows on Friday.\n\nMia',
        'pending',
      )
      .answers(
        w6('4 10:05'),
        'marcus',
        'Report received, accepted by our side. Good communication during the incident.',
      )
      .change(w6('4 14:20'), 'mia', { status: 'solved' }),

    scene('w6-bounce-quinn', 'An answer nobody received')
      .writes(w6('4 08:50'), 'george', {
        subject: 'Invoice for last year',
        text: 'Could you send me last year’s invoice once more? My accountant asks.\n\nG. Whitlock',
      })
      .outside(w6('4 10:05'), 'his mailbox is full', (stage) => stage.outside.mailFault('bounce', people.george.email))
      .reply(
        w6('4 14:20'),
        'ken',
        'Dear Mr Whitlock,\n\nit is under Settings → Billing → Invoices; I have also sent it to this address as a PDF.\n\nKen',
        'pending',
      )
      .note(w6('5 10:40'), 'ken', 'Came back, mailbox full. Tried again by phone: he will empty it.')
      .change(w6('5 10:40'), 'ken', { status: 'solved' }),

    scene('w6-lena', 'An expired card')
      .writes(w6('1 12:20'), 'lena', {
        subject: 'Karte abgelaufen, was nun?',
        text: 'Hallo, meine Karte ist abgelaufen, die neue kommt diese Woche. Bleibt mein Konto so lange offen?\n\nLena Hartwig',
      })
      .change(w6('1 17:10'), 'mia', { tags: ['payment-failed'] })
      .billing(w6('1 17:10'), 'mia')
      .reply(
        w6('2 09:30'),
        'mia',
        'Hallo Lena,\n\nja, Pro bleibt offen. Sobald Sie die neue Karte eingetragen haben, wird die offene Rechnung damit bezahlt.\n\nMia',
        'pending',
      )
      .answers(w6('4 14:20'), 'lena', 'Eingetragen und bezahlt, danke!')
      .change(w6('4 18:15'), 'mia', { status: 'solved' }),

    scene('w6-seats-halden', 'Sechs Plätze zurück')
      .writes(w6('1 12:20'), 'anja', {
        to: 'enterprise',
        subject: 'Bremen schließt: 6 Plätze kündigen',
        text: 'Guten Tag,\n\nder Standort Bremen wird aufgelöst, bitte reduzieren Sie auf 40 Plätze. Bekommen wir den Rest des Monats gutgeschrieben?\n\nAnja Petersen, Personal',
      })
      .note(w6('1 12:20'), 'mia', 'Anja is not an admin of the workspace; Mr Brandt confirmed by phone.')
      .reply(
        w6('2 09:30'),
        'mia',
        'Guten Tag Frau Petersen,\n\nnach Rücksprache mit Herrn Brandt sind es wieder 40 Plätze. Der Rest des Monats wird taggenau mit der nächsten Rechnung verrechnet.\n\nMia Okonkwo',
        'solved',
      )
      .rates(w6('4 08:50'), 'anja', 4),
  ]
}

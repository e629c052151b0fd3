import type { Day } from '../day.ts'
import { scene, type Scene } from '../scene.ts'
import { weekAgo } from './week.ts'

/** Tickets of the first of three months: a renewal price, trials, and a desk that is still slow. */
export function firstMonth(day: Day): Scene[] {
  const [w12, w11, w10, w9] = [weekAgo(day, 12), weekAgo(day, 11), weekAgo(day, 10), weekAgo(day, 9)]
  return [
    scene('w12-scans', 'Scanned letters')
      .writes(w12('1 09:00'), 'chiara', {
        subject: 'Scanned PDFs: nothing is found',
        text: 'Hi, I uploaded about 60 scanned letters of my grandmother and every question is answered with "no source found". Is text in pictures not read?\n\nChiara',
      })
      .reply(
        w12('1 17:10'),
        'ken',
        'Hi Chiara,\n\npictures are read when "Read scans" is on in Settings → Library. It takes a few minutes per letter. Handwriting works for some hands only, I am afraid.\n\nKen',
        'solved',
      )
      .rates(w12('2 09:30'), 'chiara', 3, 'It took all day to be told about one switch.'),

    scene('w12-receipt', 'A receipt for a tax return')
      .writes(w12('1 12:20'), 'tom', {
        subject: 'Bon voor de belasting',
        text: 'Goedemiddag,\n\nik heb voor mijn aangifte een factuur nodig met mijn adres erop. Kan dat nog voor de betaling van dit jaar?\n\nTom Achterberg',
      })
      .reply(
        w12('1 17:10'),
        'mia',
        'Hi Tom,\n\nI answer in English, sorry. Please enter your address under Settings → Billing; the invoice is then made anew with it, also for past payments.\n\nMia',
        'solved',
      ),

    scene('w12-sharing', 'A shared answer')
      .writes(w12('4 08:50'), 'victor', {
        subject: 'Can I take a shared answer back?',
        text: 'I shared an answer with a client by link and would like to undo that. I cannot find where.\n\nVictor Laine',
      })
      .change(w12('4 10:05'), 'ken', { tags: ['sharing'] })
      .reply(
        w12('4 14:20'),
        'ken',
        'Hi Victor,\n\nopen the answer, Share → Links, and press the cross beside the link. It stops working at once, also for whoever has it open.\n\nKen',
        'solved',
      )
      .rates(w12('4 18:15'), 'victor', 4),

    scene('w12-price', 'Is the price going up?')
      .writes(w12('4 14:20'), 'olivia', {
        subject: 'Newsletter says prices change?',
        text: 'Your newsletter talks about "new plans from spring". Does my Plus get more expensive? I would rather know now.\n\nOlivia',
      })
      .reply(
        w12('5 10:40'),
        'mia',
        'Hi Olivia,\n\nno: who has Plus today keeps the price they have, for as long as they keep Plus. The new plans are for new customers.\n\nMia',
        'solved',
      )
      .rates(w12('5 16:30'), 'olivia', 5),

    scene('w11-mobile', 'Sign-in on a second phone')
      .writes(w11('1 09:00'), 'ravi', {
        subject: 'second phone signs the first one out',
        text: 'each time i sign in on my work phone the private one is signed out. is that on purpose??',
      })
      .reply(
        w11('1 12:20'),
        'ken',
        'Hi Ravi,\n\nnot on purpose for you: Plus allows three devices. You had five old browsers listed; I have removed the three that were not used this year, so both phones fit.\n\nKen',
        'solved',
      )
      .answers(w11('1 17:10'), 'ravi', 'nope, happens again. just now. see for yourself')
      .reply(
        w11('2 09:30'),
        'mia',
        'Hi Ravi,\n\nyou are right, and it is a fault: devices are counted by browser version, so each update took another place. It is mended since this morning. Please sign in once more on both.\n\nMia',
        'solved',
      )
      .rates(w11('4 08:50'), 'ravi', 2, 'Works now but I had to insist.'),

    scene('w11-language', 'Respuestas en inglés')
      .writes(w11('1 09:35'), 'dolores', {
        subject: '¿Por qué me contesta en inglés?',
        text: 'Buenos días,\n\npregunto en español sobre documentos en español y la respuesta llega en inglés. ¿Se puede fijar el idioma?\n\nDolores Vidal',
      })
      .reply(
        w11('1 12:20'),
        'ken',
        'Buenos días, Dolores:\n\nsí: Ajustes → Respuestas → Idioma → «El de la pregunta». Lo he dejado ya así en su cuenta.\n\nKen',
        'solved',
      )
      .rates(w11('1 17:10'), 'dolores', 5, 'Gracias, perfecto.'),

    scene('w11-citation', 'Citation style')
      .writes(w11('4 08:50'), 'lucas', {
        subject: 'Citations au format APA ?',
        text: 'Bonjour, est-il possible d’exporter les sources au format APA 7 pour mon mémoire ? Merci !\n\nLucas Moreau',
      })
      .reply(
        w11('4 18:15'),
        'mia',
        'Bonjour Lucas,\n\nl’export BibTeX existe (Partager → Sources → BibTeX) ; votre logiciel en fera de l’APA. Un export APA direct est prévu, sans date pour l’instant.\n\nMia',
        'solved',
      ),

    scene('w11-quota', 'How much is left')
      .writes(w11('4 10:05'), 'ingrid', {
        subject: 'Where do I see how many questions are left?',
        text: 'Hei, the counter has moved somewhere since the last update. Where can I see what is left of the month?\n\nIngrid',
      })
      .reply(
        w11('4 14:20'),
        'ken',
        'Hi Ingrid,\n\nunder your picture, top right: "This month". Hover over the bar for the number.\n\nKen',
        'solved',
      )
      .rates(w11('4 18:15'), 'ingrid', 4),

    scene('w10-renewal-george', 'A yearly renewal too many')
      .writes(w10('1 09:00'), 'george', {
        subject: 'Renewal I did not want',
        text: 'Dear Sir or Madam,\n\nmy card was charged $200.00 on the weekend. I had understood that the plan would end after a year. I have not opened Lumenary since Christmas and should like my money back.\n\nGeorge Whitlock',
      })
      .change(w10('1 09:35'), 'ken', { assignee: 'ken', tags: ['refund', 'renewal'] })
      .refund(w10('1 12:20'), 'ken', {
        cause: 'forgotten_renewal',
        reason: 'Renewed on the weekend, not used for months. Inside the 30 days for yearly plans.',
      })
      .approve(w10('1 17:10'), 'mia', 'Agrees with the policy, no earlier refund.')
      .reply(
        w10('2 09:30'),
        'ken',
        'Dear Mr Whitlock,\n\nthe renewal has been refunded in full, $200.00 to the card it was taken from. Your bank needs 5 to 10 days to show it. The plan ends with the year you have already paid for.\n\nKen Watanabe',
        'solved',
      )
      .rates(w10('4 08:50'), 'george', 5, 'Courteous and prompt.'),

    scene('w10-withdrawal-agnes', 'Withdrawal within fourteen days')
      .writes(w10('4 08:50'), 'agnes', {
        subject: 'Odstąpienie od umowy / withdrawal',
        text: 'Dzień dobry, I bought the yearly plan last week and withdraw from the contract within the 14 days. Please return 180 € and close the subscription.\n\nAgnes Nowak',
      })
      .refund(w10('4 10:05'), 'ken', { cause: 'remorse', reason: 'EU right of withdrawal, bought ten days ago.' })
      .approve(w10('4 14:20'), 'mia', 'Statutory, nothing to weigh.')
      .end(w10('4 18:15'), 'ken', { when: 'now', reason: 'Withdrawn from the contract.' })
      .reply(
        w10('4 18:15'),
        'ken',
        'Dzień dobry Agnes,\n\nyour withdrawal is recorded: 180,00 € are on their way back to your card and the subscription has ended today.\n\nKen',
        'solved',
      )
      .rates(w10('5 16:30'), 'agnes', 4),

    scene('w10-seats-halden', 'Sechs weitere Plätze')
      .writes(w10('4 08:50'), 'stefan', {
        to: 'enterprise',
        subject: 'Sechs weitere Plätze ab sofort',
        text: 'Guten Morgen,\n\nwir brauchen für die neue Disposition in Bremen sechs weitere Plätze. Bitte gleich freischalten; was kommt diesen Monat dazu?\n\nStefan Brandt',
      })
      .role(w10('4 08:50'), 'mia', 'admin')
      .reply(
        w10('4 14:20'),
        'mia',
        'Guten Tag Herr Brandt,\n\ndie sechs Plätze sind frei, Sie haben jetzt 46. Berechnet wird taggenau bis zum Monatsende; die Rechnung ist eben an rechnung@halden-logistik.example gegangen.\n\nMia Okonkwo',
        'solved',
      )
      .rates(w10('4 18:15'), 'stefan', 5),

    scene('w10-japanese', '請求書の宛名')
      .writes(w10('1 09:35'), 'haruto', {
        subject: '請求書の宛名変更について',
        text: 'お世話になっております。佐藤です。\n先月分の請求書の宛名を会社名(株式会社ミナモ)に変更していただけますか。よろしくお願いいたします。',
      })
      .reply(
        w10('2 09:30'),
        'ken',
        '佐藤様\n\nお問い合わせありがとうございます。宛名を「株式会社ミナモ」に変更し、請求書を再発行いたしました。お返事が遅くなり申し訳ございません。\n\n渡辺',
        'solved',
      )
      .rates(w10('4 10:05'), 'haruto', 3),

    scene('w9-theo', 'A payment that does not go through')
      .writes(w9('1 09:00'), 'theo', {
        subject: 'Payment failed three times?!',
        text: 'Hi, I got three mails that my payment failed. There is money on the account. What is going on?\n\nTheo',
      })
      .change(w9('1 09:35'), 'mia', { tags: ['payment-failed'], assignee: 'mia' })
      .billing(w9('1 09:35'), 'mia')
      .reply(
        w9('1 12:20'),
        'mia',
        'Hi Theo,\n\nyour bank declines without giving us a reason, most often because online payments abroad are blocked on the card. We try again by ourselves a last time this week. If you have another card at hand, you can enter it under Settings → Billing, and it is paid at once.\n\nMia',
        'pending',
      )
      .answers(
        w9('4 18:15'),
        'theo',
        'Took my Mastercard instead and it went through. Bank is looking into the other one. Thanks for the quick help',
      )
      .reply(w9('5 10:40'), 'mia', 'I can see it, all paid. Thank you for writing back!', 'solved')
      .rates(w9('5 16:30'), 'theo', 5),

    scene('w9-trial-paul', 'A trial that ends')
      .writes(w9('1 12:20'), 'paul', {
        subject: 'Does the trial end by itself?',
        text: 'I am on the 14-day trial of Pro and it lacks what I need (SharePoint). Do I have to do anything so I am not charged?\n\nPaul Okafor',
      })
      .reply(
        w9('1 17:10'),
        'ken',
        'Hi Paul,\n\nyes, please press Settings → Plan → Cancel before the last day; you keep Pro until then and nothing is charged. SharePoint is wished for by many, I have added your voice.\n\nKen',
        'solved',
      )
      .rates(w9('4 08:50'), 'paul', 4, 'Honest answer. Pity about SharePoint.'),

    scene('w9-pilot', 'A second department')
      .writes(w9('1 09:00'), 'dana', {
        to: 'enterprise',
        subject: 'Separate seats for Clinical Research',
        text: 'Hello,\n\nClinical Research would like to try Lumenary for a quarter, 8 people, monthly, billed to the same company but as a separate item. Possible?\n\nDana Whitaker\nMeridian Health Partners',
      })
      .note(w9('1 09:35'), 'mia', 'Monthly seats beside the yearly ones: fine, same customer in Stripe. Told Fina.')
      .reply(
        w9('1 12:20'),
        'mia',
        'Hi Dana,\n\nthat is possible, and set up: eight monthly seats at $28.00 on a subscription of their own, invoiced to accounts.payable as the others are. You can add seats as you go.\n\nMia',
        'solved',
      )
      .rates(w9('1 17:10'), 'dana', 5, 'Same morning. Impressive.'),

    scene('w9-slow', 'Answers take long')
      .writes(w9('4 08:50'), 'martin', {
        subject: 'Very slow since yesterday',
        text: 'Each answer takes 40 seconds or more, normally it is 5. Copenhagen, fibre, Firefox.\n\nMartin',
      })
      .reply(
        w9('4 14:20'),
        'ken',
        'Hi Martin,\n\nyour library was being indexed again after the import on Tuesday (2,100 files), and answers wait for that. It finished half an hour ago. Is it quick again?\n\nKen',
        'pending',
      )
      .answers(
        w9('4 18:15'),
        'martin',
        'Yes, back to normal. A word about it on the screen would have saved us both a mail :)',
      )
      .change(w9('5 10:40'), 'ken', { status: 'solved', tags: ['indexing'] }),
  ]
}

import type { Day } from '../day.ts'
import { mergesInto } from '../play/agent.ts'
import { scene, type Scene } from '../scene.ts'
import { weekAgo } from './week.ts'

/** Tickets of the last month before yesterday: more of them, answered sooner. */
export function thirdMonth(day: Day): Scene[] {
  const [w4, w3, w2, w1] = [weekAgo(day, 4), weekAgo(day, 3), weekAgo(day, 2), weekAgo(day, 1)]
  return [
    scene('w4-withdrawal-tobias', 'A withdrawal')
      .writes(w4('4 08:50'), 'tobias', {
        subject: 'Widerruf Jahresabo',
        text: 'Sehr geehrte Damen und Herren,\n\nhiermit widerrufe ich den Vertrag über Lumenary Plus (jährlich) fristgerecht. Bitte erstatten Sie 180,00 €.\n\nTobias Engel',
      })
      .change(w4('4 10:05'), 'ken', { assignee: 'ken', tags: ['refund', 'german'] })
      .refund(w4('4 10:05'), 'ken', { cause: 'remorse', reason: 'Withdrawal within 14 days.' })
      .approve(w4('4 14:20'), 'mia', 'Within the fourteen days.')
      .end(w4('4 18:15'), 'ken', { when: 'now', reason: 'Withdrawn from the contract.' })
      .reply(
        w4('4 18:15'),
        'ken',
        'Guten Tag Herr Engel,\n\nIhr Widerruf ist eingegangen, 180,00 € sind unterwegs und das Abo ist beendet.\n\nKen Watanabe',
        'solved',
      )
      .rates(w4('5 16:30'), 'tobias', 5),

    scene('w4-rahul', 'A charge nobody knows')
      .writes(w4('1 09:35'), 'rahul', {
        subject: 'who are you and why did you take 20 dollars',
        text: 'never heard of this website. reported to my bank as fraud.',
      })
      .billing(w4('1 12:20'), 'fina')
      .note(
        w4('1 12:20'),
        'fina',
        'Signed up in his name six weeks ago, used twice. Probably his son (same phone). Dispute is open: no refund from us.',
      )
      .reply(
        w4('1 12:20'),
        'mia',
        'Hello Rahul,\n\nsomebody opened a Lumenary account with your address and this card six weeks ago, from a phone called "Rahul’s Pixel". Could that be somebody in your family? As your bank has opened a dispute, the bank will return the money if it decides for you.\n\nMia',
        'pending',
      )
      .answers(w4('4 10:05'), 'rahul', 'no comment. my bank handles it')
      .change(w4('4 14:20'), 'mia', { status: 'solved', tags: ['dispute'] }),

    scene('w4-nadia', 'A week without audio')
      .writes(w4('4 14:20'), 'nadia', {
        subject: 'Réponses audio indisponibles',
        text: 'Bonjour,\n\ncela fait une semaine que les réponses audio ne marchent plus, et c’est la raison pour laquelle je paie Pro.\n\nNadia Rahmani',
      })
      .reply(
        w4('4 18:15'),
        'mia',
        'Bonjour Nadia,\n\nvous avez raison : la panne audio a duré six jours, elle est réparée depuis ce matin. Notre comptabilité vous crédite 9,00 € sur la prochaine facture.\n\nMia',
        'solved',
      )
      .rates(w4('5 16:30'), 'nadia', 4, 'Bien, merci.'),

    scene('w4-year', 'From month to year')
      .writes(w4('1 09:00'), 'salma', {
        subject: 'Switch to yearly?',
        text: 'Hi! If I switch from monthly to yearly now, do I lose what I paid this month?\n\nSalma',
      })
      .reply(
        w4('1 09:35'),
        'ken',
        'Hi Salma,\n\nno, the unused days come off the yearly price. Settings → Plan → Yearly shows the sum first.\n\nKen',
        'solved',
      )
      .rates(w4('1 12:20'), 'salma', 5),

    scene('w4-import', 'An import that stops')
      .writes(w4('4 08:50'), 'jakob', {
        subject: 'Import from Dropbox stops at 80 %',
        text: 'Tried four times, always 80 %. 1,240 files, the last one it shows is "Ritning_plan2.dwg".\n\nJakob',
      })
      .reply(
        w4('4 10:05'),
        'ken',
        'Hi Jakob,\n\nit stops at the first drawing (.dwg), a format we cannot read. I have set your import to skip what cannot be read; please start it once more.\n\nKen',
        'pending',
      )
      .answers(w4('4 14:20'), 'jakob', 'Now it ran through. 38 skipped, list is clear. Tack!')
      .change(w4('4 18:15'), 'ken', { status: 'solved', tags: ['import'] }),

    scene('w3-haruto', '解約忘れ')
      .writes(w3('1 09:00'), 'haruto', {
        subject: '解約忘れの返金について',
        text: 'お世話になっております。佐藤です。\n解約を忘れており、Proが自動更新されてしまいました。返金は可能でしょうか。',
      })
      .refund(w3('1 09:35'), 'ken', { cause: 'forgotten_renewal' })
      .reply(
        w3('1 09:35'),
        'ken',
        '佐藤様\n\n更新から間もないため、6,900円を全額返金いたしました。明細への反映まで5〜10日ほどかかります。\n\n渡辺',
        'solved',
      )
      .rates(w3('1 12:20'), 'haruto', 5, '迅速なご対応ありがとうございました。'),

    scene('w3-monica', 'A stolen card')
      .writes(w3('1 09:35'), 'monica', {
        subject: 'My card was stolen, this payment is not mine',
        text: 'Hello, my card was stolen last month and somebody used it for your service with my e-mail. Please cancel whatever this is.\n\nMonica Reed',
      })
      .change(w3('1 12:20'), 'fina', { priority: 'high', tags: ['fraud'] })
      .billing(w3('1 12:20'), 'fina')
      .note(
        w3('1 12:20'),
        'fina',
        'Her bank has sent an early fraud warning for this very charge. Refund now, before it becomes a dispute.',
      )
      .refund(w3('1 17:10'), 'fina', { cause: 'fraud', reason: 'Stolen card, early fraud warning from the bank.' })
      .approve(w3('2 09:30'), 'mia', 'The bank says so, too.')
      .end(w3('2 09:30'), 'mia', { when: 'now', reason: 'Opened with a stolen card.' })
      .reply(
        w3('2 09:30'),
        'mia',
        'Hello Monica,\n\nI am sorry that happened to you. The payment has been refunded, the account that used your card is closed, and the card can no longer be used with us.\n\nMia Okonkwo',
        'solved',
      )
      .rates(w3('4 08:50'), 'monica', 5, 'Relieved. Thank you.'),

    scene('w3-chiara', 'An end at the end of the month')
      .writes(w3('4 08:50'), 'chiara', {
        subject: 'Please cancel for me',
        text: 'Ciao, the app does not let me cancel on the tablet (button outside the screen). Could you do it? End of the paid month is fine.\n\nChiara Romano',
      })
      .end(w3('4 10:05'), 'ken', {
        when: 'period_end',
        reason: 'Asked by mail; the button is out of reach on her tablet.',
      })
      .reply(
        w3('4 10:05'),
        'ken',
        'Ciao Chiara,\n\ndone, Plus ends with the month you have paid. The button is with our designers.\n\nKen',
        'solved',
      )
      .rates(w3('4 14:20'), 'chiara', 5),

    scene('w3-bug-first', 'Wrong page numbers')
      .writes(w3('4 08:50'), 'emma', {
        subject: 'Page numbers are off by one',
        text: 'Since the weekend all sources point one page too early. Every PDF with a cover page.\n\nEmma',
      })
      .change(w3('4 10:05'), 'mia', { tags: ['bug', 'sources'] })
      .reply(
        w3('4 10:05'),
        'mia',
        'Hi Emma,\n\nseen it too: covers are not counted since Saturday. The fix is in review, I write when it is out.\n\nMia',
        'open',
      )
      .reply(w3('5 10:40'), 'mia', 'It is out. Please reload once; no need to upload anything again.', 'solved')
      .rates(w3('5 16:30'), 'emma', 5),
    scene('w3-bug-again', 'The same from somebody else')
      .writes(w3('4 10:05'), 'emma', {
        subject: 'Also in Word files',
        text: 'PS: Word files with a cover as well.\n\nEmma',
      })
      .outside(w3('4 14:20'), 'we merge the two', (stage) => mergesInto(stage, 'w3-bug-again', 'mia', 'w3-bug-first')),

    scene('w3-seats-meridian', 'Four more for research')
      .writes(w3('1 12:20'), 'dana', {
        to: 'enterprise',
        subject: 'The four seats we added',
        text: 'Hello,\n\nthe invoice for the four extra seats is $61 and some cents. Our controller asks how that comes about.\n\nDana Whitaker',
      })
      .reply(
        w3('1 17:10'),
        'ken',
        'Hi Dana,\n\nthe seats were added in the middle of the month, so each is charged for the days that were left: the invoice shows the days taken off and the days added, line by line. From the next one on it is 12 × $28.00.\n\nKen',
        'solved',
      )
      .rates(w3('2 09:30'), 'dana', 4),

    scene('w2-arthur', 'An account that was closed')
      .writes(w2('1 09:00'), 'arthur', {
        subject: 'Why was I downgraded?',
        text: 'My Plus is gone. Nobody asked me.\n\nA. Pym',
      })
      .billing(w2('1 09:35'), 'ken')
      .reply(
        w2('1 09:35'),
        'ken',
        'Dear Arthur,\n\nyour card has been declined four times since last month, and after the last try the plan ended by itself; three mails announced it. Your files are safe in the free plan. With a new card you can have Plus back at once.\n\nKen',
        'solved',
      )
      .rates(w2('1 12:20'), 'arthur', 2, 'Mails nobody reads.')
      .answers(w2('4 08:50'), 'arthur', 'Found your mails in the spam folder. All right then. I will think about it.')
      .change(w2('4 10:05'), 'ken', { status: 'solved' }),

    scene('w2-privacy', 'Where is data kept?')
      .writes(w2('1 09:00'), 'katrin', {
        to: 'enterprise',
        subject: 'Auftragsverarbeitung: aktueller Anhang',
        text: 'Guten Tag,\n\nunser Datenschutzbeauftragter benötigt die aktuelle Liste der Unterauftragnehmer und den Ort der Speicherung.\n\nKatrin Vogel',
      })
      .reply(
        w2('1 12:20'),
        'mia',
        'Guten Tag Frau Vogel,\n\ndie Liste (Stand dieses Monats) ist unter lumenary.example/subprocessors; gespeichert wird ausschließlich in Frankfurt.\n\nMia Okonkwo',
        'solved',
      )
      .rates(w2('1 17:10'), 'katrin', 5),

    scene('w2-martin', 'Not used any more')
      .writes(w2('1 17:10'), 'martin', {
        subject: 'Opsigelse',
        text: 'Hej, jeg opsiger mit abonnement til udløb. Tak for god hjælp.\n\nMartin Sørensen',
      })
      .reply(
        w2('2 09:30'),
        'ken',
        'Hej Martin,\n\nI can see that you have just cancelled it yourself, Plus runs until the end of the paid month. All the best!\n\nKen',
        'solved',
      ),

    scene('w2-greta', 'Questions in a trial')
      .writes(w2('4 08:50'), 'greta', {
        subject: 'Trial: what is the difference between Plus and Pro?',
        text: 'Hej! My trial of Pro ends next week. I ask maybe ten questions a day. Do I need Pro?\n\nGreta',
      })
      .reply(
        w2('4 10:05'),
        'ken',
        'Hej Greta,\n\nhonestly: no. Ten a day fit into Plus. Pro is for long audio and for the API.\n\nKen',
        'solved',
      )
      .rates(w2('4 14:20'), 'greta', 5, 'Staying on Pro anyway because of that answer ;)'),

    scene('w2-gdpr', 'An old address')
      .writes(w2('4 10:05'), 'ingrid', {
        subject: 'Change of my address',
        text: 'Please change my postal address to Storgata 14, 0155 Oslo.\n\nIngrid Solberg',
      })
      .reply(w2('4 14:20'), 'ken', 'Hi Ingrid,\n\nchanged, the next invoice has it.\n\nKen', 'solved'),

    scene('w2-hours', 'A long wait')
      .writes(w2('4 14:20'), 'amelia', {
        subject: 'Charts in answers?',
        text: 'Can answers contain charts when the source is a spreadsheet? My boss swears he saw it.\n\nAmelia',
      })
      .reply(
        w2('5 10:40'),
        'ken',
        'Hi Amelia,\n\nyour boss saw the preview, it is in Pro since last week: ask "as a chart".\n\nKen',
        'solved',
      )
      .rates(w2('5 16:30'), 'amelia', 4),

    scene('w1-jonas', 'Two factors')
      .writes(w1('1 09:00'), 'jonas', {
        subject: 'Neues Handy, Authenticator weg',
        text: 'Hallo, mein altes Handy ist kaputt und damit der Authenticator. Wie komme ich wieder rein?\n\nJonas Keller',
      })
      .reply(
        w1('1 09:35'),
        'ken',
        'Hallo Jonas,\n\nmit einem der zehn Notfallcodes, die Sie beim Einrichten gespeichert haben. Falls sie auch weg sind: bitte kurz antworten, dann prüfen wir gemeinsam, dass Sie es sind.\n\nKen',
        'pending',
      )
      .answers(w1('1 12:20'), 'jonas', 'Codes gefunden, bin drin. Danke!')
      .reply(w1('1 17:10'), 'ken', 'Prima. Machen Sie gleich neue Codes: Einstellungen → Sicherheit.', 'solved')
      .rates(w1('2 09:30'), 'jonas', 5),

    scene('w1-ravi', 'Export of questions')
      .writes(w1('1 12:20'), 'ravi', {
        subject: 'export my questions',
        text: 'can i export only the questions i asked, without answers? csv is fine',
      })
      .reply(
        w1('1 17:10'),
        'ken',
        'Hi Ravi,\n\nSettings → Data → Export, and take the tick off "Answers". You get a CSV by mail.\n\nKen',
        'solved',
      )
      .rates(w1('2 09:30'), 'ravi', 4),

    scene('w1-longest', 'A discount for a club')
      .writes(w1('1 09:35'), 'longest', {
        subject: 'Our reading circle (14 persons)',
        text: 'Dear team,\n\nour reading circle would like to use Lumenary together. Is there something between fourteen single plans and a workspace?\n\nWith kind regards\nMaximiliana-Theodora von Hohenberg-Konstantinopoulou de Luca',
      })
      .reply(
        w1('1 17:10'),
        'mia',
        'Dear Maximiliana-Theodora,\n\nnot yet, but for non-profit circles we give a workspace at the price of Plus per person. A line about your circle is enough for us.\n\nMia',
        'pending',
      )
      .answers(
        w1('4 08:50'),
        'longest',
        'How generous. We are fourteen retired teachers and read one classic a month. I shall collect the addresses.',
      ),

    scene('w1-tax-halden', 'A second copy')
      .writes(w1('4 08:50'), 'katrin', {
        to: 'enterprise',
        subject: 'Rechnung als XML (E-Rechnung)',
        text: 'Guten Tag,\n\nab nächstem Jahr nehmen wir nur noch E-Rechnungen an. Können Sie ZUGFeRD oder XRechnung?\n\nKatrin Vogel',
      })
      .reply(
        w1('4 10:05'),
        'mia',
        'Guten Tag Frau Vogel,\n\nXRechnung ab Januar, ja. Ich merke Sie vor und melde mich, wenn der Versand bereit ist.\n\nMia Okonkwo',
        'solved',
      )
      .rates(w1('4 14:20'), 'katrin', 5),

    scene('w1-hannah', 'Answers with old sources')
      .writes(w1('4 10:05'), 'hannah', {
        subject: 'Gelöschte Datei wird noch zitiert',
        text: 'Ich habe gestern eine alte Fassung gelöscht, sie wird heute noch zitiert. Wie lange dauert das?\n\nHannah Weiss',
      })
      .reply(
        w1('4 14:20'),
        'mia',
        'Hallo Hannah,\n\nhöchstens eine Stunde. Bei Ihnen hing ein Auftrag fest; er ist durch, die Datei ist jetzt überall weg.\n\nMia',
        'solved',
      )
      .rates(w1('4 18:15'), 'hannah', 4),

    scene('w1-emma', 'A wish')
      .writes(w1('4 08:50'), 'emma', {
        subject: 'Dark mode for the reader',
        text: 'The app is dark, the document reader is not. My eyes at 11 pm say please.\n\nEmma',
      })
      .reply(
        w1('4 18:15'),
        'ken',
        'Hi Emma,\n\nit is being built, and your eyes were quoted in our meeting. Probably next month.\n\nKen',
        'solved',
      )
      .rates(w1('5 16:30'), 'emma', 5, 'Ha, love it'),
  ]
}

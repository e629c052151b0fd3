import type { Day } from '../day.ts'
import { screenshot } from '../picture.ts'
import { scene, type Scene } from '../scene.ts'

/** Questions about the product, its limits and its faults. */
export function productScenes(day: Day): Scene[] {
  const quota = scene('quota-tom', 'A limit is reached')
    .writes(day.yesterday('08:32'), 'tom', {
      subject: 'Reached 500 documents',
      text: `Hi,

Plus tells me I have reached 500 documents, but my library shows only 462. Do deleted ones count? I have three papers due and would rather not delete more.

Groet,
Tom`,
    })
    .reply(
      day.yesterday('09:12'),
      'ken',
      `Hi Tom,

good catch: documents in the bin count for 30 days. You had 38 of them there. I have emptied the bin for you, so you are back at 462 of 500.

Ken`,
      'solved',
    )
    .rates(day.yesterday('09:34'), 'tom', 5)
    .answers(day.yesterday('09:35'), 'tom', 'Perfect, it works now. Thank you!')
    .change(day.yesterday('09:50'), 'ken', { status: 'solved' })

  const notion = scene('export-diego', 'Export to Notion')
    .writes(day.yesterday('09:48'), 'diego', {
      subject: 'Export answers to Notion?',
      text: `Hola!

Is there a way to send an answer together with its sources to a Notion page? Copy and paste loses the links.

Saludos
Diego`,
    })
    .reply(
      day.yesterday('10:20'),
      'ken',
      `Hola Diego,

yes: open the answer, then Share → Copy as Markdown, and paste it into Notion. The sources come along as links.

Ken`,
      'solved',
    )
    .answers(
      day.yesterday('12:44'),
      'diego',
      'I tried it, but the links point to a page that says "not found" when I am not signed in. Is that how it should be? My colleagues have no account.',
    )
    .reply(
      day.yesterday('13:25'),
      'ken',
      `You are right, the links need an account by default. In Share there is a switch "Anyone with the link can see the source". With it on, your colleagues see the cited passage, and only that.`,
      'pending',
    )
    .answers(day.yesterday('14:10'), 'diego', 'Found the switch, works for everybody. Muchas gracias!')
    .reply(day.yesterday('14:31'), 'ken', 'Glad to hear it. Enjoy!', 'solved')
    .rates(day.yesterday('16:00'), 'diego', 5)

  const picture = screenshot().toString('base64')
  const bug = scene('bug-hannah', 'The third source is empty')
    .writes(day.yesterday('10:51'), 'hannah', {
      subject: 'Third source shows the wrong passage (screenshot)',
      text: `Hello,

since Monday the third source under an answer opens the wrong passage. In the screenshot (red box) it should show page 14 of the grant agreement, but it shows page 2 of another file. It happens with every PDF longer than about 100 pages, in Chrome and in Firefox. The first two sources are fine.

How to see it:
1. Ask anything about a PDF with more than 100 pages
2. Open source 3

I can send the file if that helps.

Hannah Weiss`,
      attachments: [{ name: 'third-source.png', type: 'image/png', base64: picture }],
    })
    .change(day.yesterday('11:20'), 'mia', { tags: ['bug', 'sources'], priority: 'high' })
    .note(
      day.yesterday('11:24'),
      'mia',
      'I can see it too: offsets are wrong from page 100 on, since the release on Monday. Two more customers with the same, reported to engineering with the steps above.',
    )
    .reply(
      day.yesterday('11:31'),
      'mia',
      `Hi Hannah,

thank you, that is the kind of report we wish for. I can see it here as well: in long PDFs the third source is off since Monday's release. Our engineers are on it. May I use your file to check the fix? You can simply attach it to your answer.

Mia`,
      'pending',
    )
    .answers(
      day.yesterday('12:05'),
      'hannah',
      'Of course. It is 11 MB, so here is a link from our cloud instead: https://cloud.example/s/grant-agreement. It is public anyway.',
    )
    .reply(
      day.yesterday('12:26'),
      'mia',
      'Got it, thank you. I will write as soon as the fix is out, which I expect today or tomorrow.',
      'open',
    )

  const export2 = scene('gdpr-ingrid', 'All my data')
    .writes(day.yesterday('14:22'), 'ingrid', {
      subject: 'Request for a copy of my data (Art. 15 GDPR)',
      text: `Dear Sir or Madam,

under Article 15 GDPR I request a copy of all personal data you hold about me, and the recipients it was disclosed to. My account uses this address.

Kind regards
Ingrid Solberg`,
    })
    .reply(
      day.yesterday('15:10'),
      'mia',
      `Dear Ingrid,

I have started the export of everything we hold about you. It takes up to two days; you then get a link to this address, which we know to be yours. The list of recipients is part of it.

Kind regards
Mia Okonkwo`,
      'open',
    )

  const cancel = scene('cancel-olivia', 'How to cancel')
    .writes(day.yesterday('15:40'), 'olivia', {
      subject: 'How do I cancel?',
      text: `Hi there, I am moving to a team plan at work, so I don't need my own Plus any more. How do I cancel, and do I keep my answers?

Olivia`,
    })
    .reply(
      day.yesterday('16:02'),
      'ken',
      `Hi Olivia,

Settings → Plan → Cancel, and you keep Plus until the end of the paid month. Your answers stay in your free account, and you can move them to your work account under Settings → Move.

Ken`,
      'solved',
    )
    .rates(day.yesterday('16:20'), 'olivia', 5, 'Fast and friendly')

  const french = scene('resiliation-elodie', 'Résiliation impossible')
    .writes(day.yesterday('16:33'), 'elodie', {
      subject: 'Impossible de résilier mon abonnement',
      text: `Bonjour,

Depuis hier, le bouton « Résilier » reste grisé dans mes paramètres. Je souhaite arrêter mon abonnement avant le prochain prélèvement. Pouvez-vous m'aider ?

Cordialement,
Élodie Marchand`,
    })
    .reply(
      day.yesterday('17:05'),
      'mia',
      `Bonjour Élodie,

le bouton est grisé parce qu'une facture est encore ouverte dans une autre fenêtre de paiement. Pourriez-vous me dire si vous avez plusieurs onglets Lumenary ouverts ? En les fermant, le bouton redevient actif. Sinon, je m'en occupe d'ici, bien sûr.

Bien cordialement,
Mia`,
      'pending',
    )

  const longName = scene('rename-maximiliana', 'A name that does not fit')
    .writes(day.yesterday('18:55'), 'longest', {
      subject: 'My name is cut off on shared answers',
      text: `Dear team,

when I share an answer my name is cut off after twenty letters, which makes me "Maximiliana-Theodora". I would prefer the whole of it, or only the first part if I may choose.

With kind regards
Maximiliana-Theodora von Hohenberg-Konstantinopoulou de Luca`,
    })
    .reply(
      day.yesterday('19:31'),
      'ken',
      `Dear Maximiliana-Theodora,

twenty letters was a poor choice of ours. Under Settings → Profile you can set a display name now; whatever you write there is what others see. The limit itself will go with the next release.

Ken`,
      'solved',
    )
    .rates(day.today('08:03'), 'longest', 4)

  return [quota, notion, bug, export2, cancel, french, longName]
}

import type { Day } from '../day.ts'
import { people } from '../people.ts'
import { scene, type Scene } from '../scene.ts'

const newsletter = `<!doctype html><html><body style="margin:0;background:#f4f1ec;font-family:Georgia,serif">
<table width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">
<table width="600" cellpadding="24" cellspacing="0" style="background:#ffffff">
<tr><td><img src="https://cdn.promptweekly.example/header-118.png" width="552" height="120" alt="The Prompt Weekly, issue 118"></td></tr>
<tr><td><h1 style="font-size:26px;margin:0 0 12px">Lumenary in our next issue?</h1>
<p style="font-size:16px;line-height:1.6">Hello Lumenary team, 41,000 people read <b>The Prompt Weekly</b> every Thursday. For issue 119 we compare tools that cite their sources, and we would love to include yours.</p>
<p style="font-size:16px;line-height:1.6">We offer a sponsored slot beside the article, and a test account for our editors would be welcome either way.</p>
<p><a href="https://promptweekly.example/sponsor" style="background:#c4432f;color:#ffffff;padding:12px 20px;text-decoration:none">See the slots</a></p>
<img src="https://cdn.promptweekly.example/team.jpg" width="552" height="180" alt="The editors">
<p style="font-size:12px;color:#777777">You receive this because your address is public. <a href="https://promptweekly.example/out">Unsubscribe</a></p>
<img src="https://track.promptweekly.example/o.gif?i=118" width="1" height="1" alt=""></td></tr></table>
</td></tr></table></body></html>`

/** Mail as it really comes: newsletters, lists, forgeries, bounces, and one that nobody can read. */
export function oddMailScenes(day: Day): Scene[] {
  const sponsor = scene('newsletter', 'A newsletter').writes(day.yesterday('10:10'), 'weekly', {
    subject: 'Lumenary × The Prompt Weekly, issue 119',
    html: newsletter,
  })

  const list = scene('beta-list', 'A mailing list').writes(day.yesterday('11:42'), 'beta', {
    subject: '[answers-beta] Which file types do you index?',
    text: `Hi all,

does anybody know whether scanned PDFs are indexed by now? In the last beta they were skipped silently.

Cheers
Peter

_______________________________________________
answers-beta mailing list
answers-beta@lists.users.example`,
    headers: {
      'List-Id': 'Answers beta users <answers-beta.lists.users.example>',
      'List-Unsubscribe': '<mailto:answers-beta-leave@lists.users.example>',
      Precedence: 'list',
    },
  })

  const forged = scene('forged-noah', 'Somebody pretends to be Noah')
    .writes(day.yesterday('17:12'), 'noah', {
      spoofed: true,
      subject: 'Change my e-mail and send the refund to a new card',
      text: `Hello,

I have a new address and a new card. Please change my e-mail to n.bennett.private@elsewhere.example and pay the refund to the card ending in 8812. It is urgent.

Noah Bennett`,
    })
    .note(
      day.yesterday('17:35'),
      'ken',
      'This is not Noah: the mail fails SPF, DKIM and DMARC. Leaving his account alone, telling him at the address we know.',
    )

  const bounced = scene('bounce-omar', 'An answer that came back')
    .writes(day.yesterday('15:18'), 'omar', {
      subject: 'Do you have a student plan?',
      text: 'Hi, I study law in Beirut. Is there a reduced price for students?\n\nOmar',
    })
    .outside(day.yesterday('15:44'), 'his mailbox is closed', (stage) =>
      stage.outside.mailFault('bounce', people.omar.email),
    )
    .reply(
      day.yesterday('15:45'),
      'ken',
      `Hi Omar,

yes: Plus is half price with a student id. Send us a photo of it (you may cover the number), and we set it up the same day.

Ken`,
      'pending',
    )

  const refused = scene('refused-bea', 'An answer that was not taken')
    .writes(day.today('08:40'), 'bea', {
      subject: 'Factura a nombre de mi empresa',
      text: 'Hola, ¿podéis emitir la factura de este mes a nombre de Campos Traducciones S.L.? Gracias.\n\nBeatriz',
    })
    .outside(day.today('09:14'), 'her server refuses', (stage) =>
      stage.outside.mailFault('refuse_recipient', people.bea.email),
    )
    .reply(
      day.today('09:15'),
      'ken',
      `Hola Beatriz,

claro que sí. Dime por favor el NIF y la dirección de la empresa, y te la envío hoy mismo.

Ken`,
      'pending',
    )

  const unreadable = scene('unreadable', 'A mail that cannot be read').outside(
    day.yesterday('19:12'),
    'a scanner sends something broken',
    (stage) =>
      stage.outside.send({
        from: 'scanner@halden-logistik.example',
        to: stage.supportAddress,
        raw: nestedTooDeep(`scan.${stage.run}@halden-logistik.example`),
      }),
  )

  return [sponsor, list, forged, bounced, refused, unreadable]
}

/** Parts within parts, as a broken device writes them: nobody can read this, and it must not be lost. */
function nestedTooDeep(messageId: string): string {
  const lines = [
    'From: Scanner 2. OG <scanner@halden-logistik.example>',
    'Subject: Scan_0042.pdf',
    `Message-ID: <${messageId}>`,
    'MIME-Version: 1.0',
  ]
  for (let depth = 0; depth < 400; depth++)
    lines.push(`Content-Type: multipart/mixed; boundary="part${depth}"`, '', `--part${depth}`)
  lines.push('Content-Type: text/plain', '', 'Scan')
  return lines.join('\r\n')
}

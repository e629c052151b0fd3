import type { Day } from '../day.ts'
import { scene, type Scene } from '../scene.ts'

/** What came in today and waits: some of it for hours, two of them nearly too long. */
export function todayScenes(day: Day): Scene[] {
  const wrongSource = scene('sources-jakob', 'The wrong source is cited')
    .writes(day.ago(229), 'jakob', {
      subject: 'Answer cites a contract that is not mine',
      text: `Hi,

the answer to "When does my lease end?" cites a file called "Lease Birger Jarlsgatan.pdf". I have no such file. Is this from somebody else's account? That would worry me a lot.

Jakob Lindgren`,
    })
    .change(day.ago(215), 'mia', { priority: 'urgent', tags: ['privacy'] })
    .note(
      day.ago(210),
      'mia',
      'Checking with engineering before I answer. If this is another tenant, it goes to Ada at once. The file name might be from his shared folder with his landlord.',
    )

  const crash = scene('crash-zoe', 'The app closes by itself').writes(day.ago(222), 'zoe', {
    subject: 'Android app closes when I open a shared answer',
    text: `Pixel 8, Android 16, app version 4.2.1. Open any shared answer from WhatsApp → app opens → closes after a second. Works in the browser. Already reinstalled.

Zoe`,
  })

  const login = scene('code-emma', 'The sign-in code does not arrive')
    .writes(day.ago(126), 'emma', {
      subject: "Sign-in code doesn't arrive",
      text: `Hello, I asked for the sign-in code five times and nothing arrives, not in spam either. My colleague on the same mail provider has the same problem since this morning.

Emma Collins`,
    })
    .reply(
      day.ago(98),
      'ken',
      `Hi Emma,

your provider has been holding our mails back since about nine this morning, for everybody. We have switched the codes to another sender and they arrive again. Please ask for a new one; the old ones are void.

Ken`,
      'solved',
    )
    .rates(day.ago(80), 'emma', 5, 'Back in. Thanks for being honest about it!')

  const student = scene('student-lucas', 'A question before buying').writes(day.ago(64), 'lucas', {
    subject: 'Tarif étudiant et fichiers audio',
    text: `Bonjour,

Je suis étudiant en master et j'hésite à prendre l'offre Plus. Deux questions : existe-t-il un tarif étudiant, et peut-on interroger des enregistrements audio de cours (MP3) ?

Merci d'avance,
Lucas Moreau`,
  })

  const vatAgain = scene('invoice-halden', 'One more invoice').writes(day.ago(37), 'katrin', {
    to: 'enterprise',
    subject: 'Rechnung Mai fehlt',
    text: `Guten Tag,

vielen Dank für die schnelle Korrektur gestern. Beim Abgleich fehlt uns noch eine ältere Rechnung. Könnten Sie uns bitte alle Rechnungen dieses Jahres als PDF senden?

Katrin Vogel`,
  })

  const api = scene('api-question', 'A question about the API').writes(day.ago(12), 'diego', {
    subject: 'API: is there a limit on questions per minute?',
    text: `Hola otra vez,

I would like to call the API from a small script, about 200 questions in a row at night. Is there a limit per minute, and what do I get back when I hit it?

Diego`,
  })

  return [wrongSource, crash, login, student, vatAgain, api]
}

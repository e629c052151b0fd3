import type { Day } from '../day.ts'
import { scene, type Scene } from '../scene.ts'

/** Two companies with workspaces: their admins, their accounting and their users. */
export function workspaceScenes(day: Day): Scene[] {
  const vat = scene('vat-halden', 'An invoice with the VAT id')
    .writes(day.yesterday('08:46'), 'katrin', {
      to: 'enterprise',
      subject: 'Rechnung mit USt-IdNr. benötigt',
      text: `Guten Tag,

auf unserer letzten Rechnung fehlt die Umsatzsteuer-Identifikationsnummer (DE 814 584 193). Ohne sie kann die Buchhaltung die Rechnung nicht verbuchen. Bitte senden Sie uns eine korrigierte Fassung und nehmen Sie die Nummer in die Stammdaten auf.

Mit freundlichen Grüßen
Katrin Vogel
Buchhaltung, Halden Logistik GmbH`,
    })
    .change(day.yesterday('09:15'), 'mia', { assignee: 'mia', tags: ['invoice', 'vat'] })
    .role(day.yesterday('09:17'), 'mia', 'billing')
    .reply(
      day.yesterday('09:22'),
      'mia',
      `Guten Tag Frau Vogel,

die Nummer DE814584193 ist jetzt in Ihren Stammdaten hinterlegt und steht ab sofort auf jeder Rechnung. Die korrigierte Fassung der letzten Rechnung geht heute an rechnung@halden-logistik.example.

Freundliche Grüße
Mia Okonkwo`,
      'solved',
    )
    .rates(day.yesterday('10:40'), 'katrin', 5)

  const seats = scene('seats-meridian', 'Fifteen more seats')
    .writes(day.yesterday('12:12'), 'marcus', {
      to: 'enterprise',
      subject: 'Adding 15 seats mid-term: what will we pay?',
      text: `Hi,

we have 120 seats, paid yearly. We onboard 15 people on the first of next month. What would those 15 cost us until our renewal, and can they be on the same invoice date?

I need the figure for a purchase order.

Marcus Reyes
IT Operations, Meridian Health Partners`,
    })
    .note(
      day.yesterday('12:40'),
      'ken',
      'Yearly seat is $300.00. Prorated to the day from the 1st to their renewal. @Fina can you check the wording before it goes out?',
    )
    .note(day.yesterday('12:58'), 'fina', 'Fine. Say "prorated to the day" and leave the exact cents to the preview.')
    .reply(
      day.yesterday('13:04'),
      'ken',
      `Hi Marcus,

a seat is $300.00 a year. Seats added in between are prorated to the day, so 15 seats from the first of next month cost the remaining days of your term, and at renewal all 135 are on one invoice with one date.

I can send you the exact figure as a quote for your purchase order. Shall I make it out for the first?

Ken`,
      'pending',
    )
    .answers(
      day.yesterday('13:05'),
      'marcus',
      'I am out of the office until Monday with limited access to mail. For urgent matters please contact it-operations@meridianhealth.example.',
      { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All', Precedence: 'bulk' },
    )

  const sso = scene('sso-meridian', 'Single sign-on fails')
    .writes(day.yesterday('09:26'), 'priya', {
      to: 'enterprise',
      subject: 'SSO: "Assertion audience mismatch" for all new users',
      text: `Hello,

since we rotated our IdP certificate this morning, new users get "Assertion audience mismatch (SAML-1042)" when they sign in. Existing sessions keep working. We have re-uploaded the metadata twice.

Entity ID on our side: https://idp.meridianhealth.example/saml
About 30 people are affected.

Priya Raman
Identity & Access, Meridian Health Partners`,
    })
    .change(day.yesterday('10:05'), 'mia', { priority: 'urgent', tags: ['sso', 'incident'], assignee: 'mia' })
    .note(
      day.yesterday('10:30'),
      'mia',
      'Their new metadata has a trailing slash in the audience, ours has none. Asked engineering whether we may normalise it for this tenant; the strict compare is on purpose.',
    )
    .reply(
      day.yesterday('15:20'),
      'mia',
      `Hi Priya,

the audience in your new metadata ends in a slash, ours does not, and the comparison is exact. Please set the audience to

    https://app.lumenary.example/sso/meridian

without the slash at the end. We will log the next attempts and watch them with you.

I am sorry this took until now; urgent matters should not wait this long with us.
Mia`,
      'open',
    )
    .answers(
      day.yesterday('16:12'),
      'priya',
      'Changed it, and 22 of 30 can sign in again. The other 8 still see SAML-1042. Their accounts were created before we had SSO, if that helps.',
    )

  const outage = scene('outage-halden', 'Credit for the outage')
    .writes(day.yesterday('14:48'), 'stefan', {
      to: 'enterprise',
      subject: 'Ausfall am Dienstag – Gutschrift',
      text: `Hallo,

am Dienstag war Lumenary für uns von 9:10 bis 13:40 Uhr nicht erreichbar. Das war mitten in der Tourenplanung. Laut Vertrag steht uns dafür eine Gutschrift zu. Bitte teilen Sie uns mit, wie Sie das regeln.

Stefan Brandt
Leiter Disposition, Halden Logistik GmbH`,
    })
    .change(day.yesterday('15:05'), 'mia', { assignee: 'mia', tags: ['outage', 'sla-credit'] })
    .role(day.yesterday('15:10'), 'mia', 'admin')
    .refund(day.yesterday('15:32'), 'mia', {
      cause: 'outage',
      amount: 10_400,
      reason: 'Four and a half hours on Tuesday; ten per cent of the monthly fee as the contract says.',
    })
    .approve(day.yesterday('16:10'), 'fina', 'Agrees with the contract, clause 7.2.')
    .reply(
      day.yesterday('16:20'),
      'mia',
      `Hallo Herr Brandt,

der Ausfall am Dienstag lag an uns, und er tut uns leid. Nach Ziffer 7.2 Ihres Vertrags erstatten wir zehn Prozent der Monatsgebühr, 104,00 €, auf die hinterlegte Karte. Die Gutschrift ist veranlasst.

Den Bericht mit Ursache und Maßnahmen sende ich Ihnen diese Woche.

Mia Okonkwo`,
      'solved',
    )
    .rates(day.yesterday('17:45'), 'stefan', 3)

  const review = scene('security-meridian', 'A security questionnaire')
    .writes(day.ago(205), 'priya', {
      to: 'enterprise',
      subject: 'Security questionnaire before renewal',
      text: `Hi,

our yearly vendor review is due. Could you fill in our questionnaire (64 questions) or send your SOC 2 report instead? Our auditors need it in two weeks.

Thanks
Priya`,
    })
    .change(day.ago(190), 'ken', { team: 'Enterprise', tags: ['security-review'] })

  const tooMany = scene('seats-billed', 'Five seats too many')
    .writes(day.ago(178), 'marcus', {
      to: 'enterprise',
      subject: 'Billed for 120 seats, contract says 115',
      text: `Hi again,

our purchasing noticed that the yearly invoice has 120 seats while the signed order form says 115. Could you refund the difference of $1,500.00? Keep the 120 active, we are about to grow anyway; we only need the money for these months back.

Marcus Reyes`,
    })
    .role(day.ago(160), 'mia', 'admin')
    .refund(day.ago(156), 'mia', {
      cause: 'goodwill',
      amount: 150_000,
      reason: 'The order form says 115 seats, we billed 120 from the start.',
    })
    .reply(
      day.ago(150),
      'mia',
      `Hi Marcus,

you are right, the order form says 115. I have asked for the refund of $1,500.00; an amount like this is looked at by our finance team first. I will write as soon as they have.

Mia`,
      'open',
    )

  return [vat, seats, sso, outage, review, tooMany]
}

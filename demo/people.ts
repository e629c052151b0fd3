import type { Currency, PlanKey } from './company.ts'

export type Person = { name: string; email: string }

const person = (name: string, email: string): Person => ({ name, email })

/** Customers of the demo, consumers first; every domain is one that cannot exist. */
export const people = {
  noah: person('Noah Bennett', 'noah.bennett@postbox.example'),
  clara: person('Clara Hoffmann', 'clara.hoffmann@briefkasten.example'),
  yuki: person('田中 由紀', 'yuki.tanaka@tegami.example'),
  elodie: person('Élodie Marchand', 'elodie.marchand@courriel.example'),
  ravi: person('Ravi Kapoor', 'ravi.kapoor@inbox.example'),
  sam: person('Sam Whitfield', 'sam@whitfield.example'),
  amelia: person('Amelia Stone', 'amelia.stone@postbox.example'),
  jonas: person('Jonas Keller', 'jonas.keller@briefkasten.example'),
  tom: person('Tom Achterberg', 'tom.achterberg@postvak.example'),
  olivia: person('Olivia Grant', 'olivia.grant@inbox.example'),
  diego: person('Diego Fernández', 'diego@correo.example'),
  hannah: person('Hannah Weiss', 'hannah.weiss@briefkasten.example'),
  // Sixty characters, to see what long names do to a list.
  longest: person('Maximiliana-Theodora von Hohenberg-Konstantinopoulou de Luca', 'maximiliana@hohenberg.example'),
  lucas: person('Lucas Moreau', 'lucas.moreau@etudiant.example'),
  ingrid: person('Ingrid Solberg', 'ingrid.solberg@postkasse.example'),
  emma: person('Emma Collins', 'emma.collins@postbox.example'),
  jakob: person('Jakob Lindgren', 'jakob@lindgren.example'),
  zoe: person('Zoe Park', 'zoe.park@inbox.example'),
  bea: person('Beatriz Campos', 'bea.campos@correo.example'),
  omar: person('Omar Haddad', 'omar@haddad.example'),
  grace: person('Grace Liu', 'grace.liu@inbox.example'),
  weekly: person('The Prompt Weekly', 'hello@promptweekly.example'),
  beta: person('Peter Novak', 'peter.novak@users.example'),
  katrin: person('Katrin Vogel', 'katrin.vogel@halden-logistik.example'),
  stefan: person('Stefan Brandt', 'stefan.brandt@halden-logistik.example'),
  marcus: person('Marcus Reyes', 'marcus.reyes@meridianhealth.example'),
  priya: person('Priya Raman', 'priya.raman@meridianhealth.example'),
} as const satisfies Record<string, Person>

export type PersonKey = keyof typeof people

export type Workspace = {
  name: string
  domain: string
  billingEmail: string
  plan: PlanKey
  currency: Currency
  seats: number
  /** How long ago it began. */
  since: string
  card: string
}

export const workspaces: Record<'halden' | 'meridian', Workspace> = {
  halden: {
    name: 'Halden Logistik GmbH',
    domain: 'halden-logistik.example',
    billingEmail: 'rechnung@halden-logistik.example',
    plan: 'workspace_month',
    currency: 'eur',
    seats: 40,
    since: 'P5M6D',
    card: 'pm_card_de',
  },
  meridian: {
    name: 'Meridian Health Partners',
    domain: 'meridianhealth.example',
    billingEmail: 'accounts.payable@meridianhealth.example',
    plan: 'workspace_year',
    currency: 'usd',
    seats: 120,
    since: 'P4M11D',
    card: 'pm_card_amex',
  },
}

export type Subscriber = { who: PersonKey; plan: PlanKey; currency: Currency; since: string; card: string }

/** Who pays for what, and since when, counted back from the moment the demo is made. */
export const subscribers: readonly Subscriber[] = [
  { who: 'clara', plan: 'plus_year', currency: 'eur', since: 'P1Y3D', card: 'pm_card_de' },
  { who: 'tom', plan: 'plus_year', currency: 'eur', since: 'P8M4D', card: 'pm_card_visa' },
  { who: 'jonas', plan: 'plus_month', currency: 'eur', since: 'P4M8D', card: 'pm_card_de' },
  { who: 'olivia', plan: 'plus_month', currency: 'usd', since: 'P4M15D', card: 'pm_card_mastercard' },
  { who: 'longest', plan: 'plus_year', currency: 'eur', since: 'P3M20D', card: 'pm_card_fr' },
  { who: 'diego', plan: 'plus_year', currency: 'usd', since: 'P3M12D', card: 'pm_card_visa' },
  { who: 'ravi', plan: 'plus_month', currency: 'usd', since: 'P3M5D', card: 'pm_card_visa' },
  { who: 'elodie', plan: 'plus_month', currency: 'eur', since: 'P3M12D', card: 'pm_card_fr' },
  { who: 'yuki', plan: 'plus_month', currency: 'jpy', since: 'P3M4D', card: 'pm_card_jp' },
  { who: 'ingrid', plan: 'plus_month', currency: 'eur', since: 'P2M21D', card: 'pm_card_visa' },
  { who: 'sam', plan: 'plus_month', currency: 'usd', since: 'P2M20D', card: 'pm_card_amex' },
  { who: 'hannah', plan: 'pro_month', currency: 'eur', since: 'P2M11D', card: 'pm_card_de' },
  { who: 'amelia', plan: 'plus_month', currency: 'usd', since: 'P2M1DT8H', card: 'pm_card_visa' },
  { who: 'zoe', plan: 'pro_month', currency: 'usd', since: 'P1M18D', card: 'pm_card_discover' },
  { who: 'emma', plan: 'plus_month', currency: 'usd', since: 'P1M9D', card: 'pm_card_visa' },
  { who: 'grace', plan: 'plus_month', currency: 'usd', since: 'P25D', card: 'pm_card_mastercard' },
  { who: 'jakob', plan: 'pro_month', currency: 'eur', since: 'P16D', card: 'pm_card_visa' },
  { who: 'bea', plan: 'plus_month', currency: 'eur', since: 'P6D', card: 'pm_card_visa' },
]

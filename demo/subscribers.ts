import type { Currency, PlanKey } from './company.ts'
import type { PersonKey } from './people.ts'

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

export type Subscriber = {
  who: PersonKey
  plan: PlanKey
  currency: Currency
  /** How long ago, as a duration. */
  since: string
  card: string
  trialDays?: number
  offer?: 'welcome' | 'student'
  /** Their plan has ended by now. */
  left?: true
}

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
  { who: 'theo', plan: 'plus_month', currency: 'usd', since: 'P3M8D', card: 'pm_card_visa' },
  { who: 'lena', plan: 'pro_month', currency: 'eur', since: 'P3M16D', card: 'pm_card_de' },
  { who: 'arthur', plan: 'plus_month', currency: 'usd', since: 'P3M2D', card: 'pm_card_us', left: true },
  { who: 'chiara', plan: 'plus_month', currency: 'eur', since: 'P2M27D', card: 'pm_card_visa_debit' },
  { who: 'george', plan: 'plus_year', currency: 'usd', since: 'P1Y2M11D', card: 'pm_card_amex' },
  { who: 'haruto', plan: 'pro_month', currency: 'jpy', since: 'P2M24D', card: 'pm_card_jp' },
  { who: 'martin', plan: 'pro_month', currency: 'eur', since: 'P2M23D', card: 'pm_card_mastercard' },
  { who: 'ines', plan: 'plus_month', currency: 'eur', since: 'P2M19D', card: 'pm_card_visa', offer: 'welcome' },
  { who: 'victor', plan: 'plus_month', currency: 'usd', since: 'P2M18D', card: 'pm_card_visa' },
  { who: 'agnes', plan: 'plus_year', currency: 'eur', since: 'P2M15D', card: 'pm_card_visa', left: true },
  { who: 'ben', plan: 'pro_month', currency: 'usd', since: 'P2M13D', card: 'pm_card_us' },
  { who: 'mei', plan: 'plus_month', currency: 'usd', since: 'P2M9D', card: 'pm_card_discover', trialDays: 14 },
  { who: 'paul', plan: 'pro_month', currency: 'usd', since: 'P2M8D', card: 'pm_card_visa', trialDays: 14, left: true },
  { who: 'dolores', plan: 'plus_month', currency: 'eur', since: 'P2M6D', card: 'pm_card_mastercard', left: true },
  { who: 'lukas', plan: 'plus_month', currency: 'eur', since: 'P2M4D', card: 'pm_card_de', offer: 'student' },
  { who: 'ian', plan: 'plus_year', currency: 'usd', since: 'P2M2D', card: 'pm_card_gb' },
  { who: 'salma', plan: 'plus_month', currency: 'usd', since: 'P1M27D', card: 'pm_card_visa' },
  { who: 'eric', plan: 'pro_month', currency: 'eur', since: 'P1M24D', card: 'pm_card_visa' },
  { who: 'fatima', plan: 'plus_month', currency: 'eur', since: 'P1M22D', card: 'pm_card_fr' },
  { who: 'nadia', plan: 'pro_month', currency: 'eur', since: 'P1M20D', card: 'pm_card_fr', trialDays: 7 },
  { who: 'rahul', plan: 'plus_month', currency: 'usd', since: 'P1M15D', card: 'pm_card_visa' },
  { who: 'monica', plan: 'plus_month', currency: 'usd', since: 'P1M12D', card: 'pm_card_visa', left: true },
  { who: 'sofie', plan: 'plus_month', currency: 'eur', since: 'P1M6D', card: 'pm_card_mastercard', offer: 'welcome' },
  { who: 'tobias', plan: 'plus_year', currency: 'eur', since: 'P1M1D', card: 'pm_card_de', left: true },
  { who: 'greta', plan: 'pro_month', currency: 'eur', since: 'P19D', card: 'pm_card_visa', trialDays: 14 },
]

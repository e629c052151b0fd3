import type { Day } from '../day.ts'
import { people, type PersonKey } from '../people.ts'
import type { Stage, Step } from '../stage.ts'
import { workspaces } from '../subscribers.ts'
import { rehearsal } from './rehearsal.ts'
import { weekAgo } from './week.ts'

/** What customers, their banks and finance do with subscriptions over the months, beside what they write about. */
export function lives(day: Day): Step[] {
  const steps: Step[] = []
  const at = (ago: number, hour: Parameters<ReturnType<typeof weekAgo>>[0]) => weekAgo(day, ago)(hour)
  const happens = (
    when: Temporal.Instant,
    id: string,
    label: string,
    act: (stage: Stage, once: string) => Promise<unknown>,
  ) =>
    steps.push({
      id: `lives.${id}`,
      at: when,
      strand: `lives.${id}`,
      label,
      async run(stage) {
        await act(stage, `lives.${id}`)
      },
    })
  const email = (who: PersonKey) => people[who].email
  const { halden, meridian } = workspaces

  // Payments that fail: put right by the customer, by a new card before it is too late, or by nobody.
  happens(at(11, '1 09:00'), 'theo-card', 'Theo’s bank blocks his card', ({ shop }, once) =>
    shop.newCard(once, email('theo'), 'pm_card_chargeCustomerFail'),
  )
  happens(at(9, '4 14:20'), 'theo-new-card', 'Theo enters another card', async ({ shop }, once) => {
    await shop.newCard(once, email('theo'), 'pm_card_mastercard')
    await shop.paysWhatIsOpen(once, email('theo'))
  })
  happens(at(8, '1 09:00'), 'lena-card', 'Lena’s card runs out', ({ shop }, once) =>
    shop.cardRunsOut(once, email('lena'), monthAgo(day, 2)),
  )
  happens(at(6, '4 10:05'), 'lena-new-card', 'Lena enters her new card', async ({ shop }, once) => {
    await shop.newCard(once, email('lena'), 'pm_card_de')
    await shop.paysWhatIsOpen(once, email('lena'))
  })
  happens(at(5, '1 09:00'), 'arthur-card', 'Arthur closes his account at the bank', ({ shop }, once) =>
    shop.newCard(once, email('arthur'), 'pm_card_chargeCustomerFail'),
  )

  // Other plans, and ends.
  happens(at(7, '1 12:20'), 'victor-pro', 'Victor moves to Pro', ({ shop }, once) =>
    shop.move(once, email('victor'), { plan: 'pro_month', billed: 'now' }),
  )
  happens(at(6, '4 14:20'), 'martin-plus', 'Martin moves to Plus', ({ shop }, once) =>
    shop.move(once, email('martin'), { plan: 'plus_month', billed: 'next' }),
  )
  happens(at(4, '1 12:20'), 'salma-year', 'Salma pays by the year', ({ shop }, once) =>
    shop.move(once, email('salma'), { plan: 'plus_year', billed: 'now' }),
  )
  happens(at(9, '4 08:50'), 'paul-cancels', 'Paul ends his trial', ({ shop }, once) =>
    shop.cancels(once, email('paul'), 'missing_features'),
  )
  happens(at(5, '4 18:15'), 'dolores-cancels', 'Dolores cancels', ({ shop }, once) =>
    shop.cancels(once, email('dolores'), 'too_expensive'),
  )
  happens(at(2, '2 09:30'), 'martin-cancels', 'Martin cancels', ({ shop }, once) =>
    shop.cancels(once, email('martin'), 'unused'),
  )

  // Companies grow and shrink.
  happens(at(10, '4 10:05'), 'halden-more', 'Halden adds six seats', ({ shop }, once) =>
    shop.move(once, halden.billingEmail, { seats: 46, billed: 'now' }),
  )
  happens(at(6, '1 17:10'), 'halden-fewer', 'Halden gives six seats back', ({ shop }, once) =>
    shop.move(once, halden.billingEmail, { seats: 40, billed: 'next' }),
  )
  happens(at(9, '1 12:20'), 'meridian-pilot', 'Meridian tries Lumenary in a second department', ({ shop }, once) =>
    shop.subscribe(once, { ...meridian, email: meridian.billingEmail, plan: 'workspace_month', seats: 8 }),
  )
  happens(at(4, '4 10:05'), 'meridian-more', 'Meridian’s second department grows', ({ shop }, once) =>
    shop.move(once, meridian.billingEmail, { seats: 12, billed: 'now' }),
  )

  // Banks: a dispute that is won, one that is lost, a warning.
  happens(at(8, '1 09:00'), 'ben-disputes', 'Ben’s bank disputes a charge', (stage) =>
    disputed(stage, email('ben'), 'product_not_received'),
  )
  happens(at(8, '4 10:05'), 'ben-evidence', 'Finance sends evidence', (stage, once) =>
    answered(stage, once, email('ben'), 'Signed in on 19 of 30 days and asked 214 questions; sessions are attached.'),
  )
  happens(at(6, '1 12:20'), 'ben-won', 'The bank decides for Lumenary', (stage) => decided(stage, email('ben'), 'won'))
  happens(at(4, '1 09:00'), 'rahul-disputes', 'Rahul’s bank disputes a charge', (stage) =>
    disputed(stage, email('rahul'), 'fraudulent'),
  )
  happens(at(2, '4 14:20'), 'rahul-lost', 'The bank decides for Rahul', (stage) =>
    decided(stage, email('rahul'), 'lost'),
  )
  happens(at(3, '1 09:00'), 'monica-warning', 'A bank warns of a stolen card', async ({ outside, shop }) => {
    const charge = await shop.lastCharge(email('monica'))
    const known = await outside.stripe.radar.earlyFraudWarnings.list({ limit: 100 })
    if (charge && !known.data.some((one) => one.charge === charge.id)) await outside.fraudWarning(charge.id)
  })

  // Finance writes a credit note beside all operations.
  happens(at(4, '5 10:40'), 'nadia-credit', 'Finance credits part of an invoice', ({ shop }, once) =>
    shop.creditsInvoice(once, email('nadia'), 900, 'One week without audio answers'),
  )
  return [...steps, ...rehearsal(day)]
}

function monthAgo(day: Day, months: number): Temporal.PlainYearMonth {
  return day.now
    .toZonedDateTimeISO(day.timeZone)
    .toPlainDate()
    .toPlainYearMonth()
    .subtract({ months: months + 1 })
}

async function disputed({ outside, shop }: Stage, email: string, reason: string): Promise<void> {
  const charge = await shop.lastCharge(email)
  if (!charge) throw new Error(`${email} has paid nothing`)
  if (!charge.disputed) await outside.dispute(charge.id, reason)
}

async function disputeOf({ outside, shop }: Stage, email: string) {
  const charge = await shop.lastDisputed(email)
  const [dispute] = charge ? (await outside.stripe.disputes.list({ charge: charge.id, limit: 1 })).data : []
  if (!dispute) throw new Error(`no bank disputes what ${email} paid`)
  return dispute
}

async function answered(stage: Stage, once: string, email: string, text: string): Promise<void> {
  const { id, status } = await disputeOf(stage, email)
  if (status !== 'needs_response') return
  const order = { evidence: { uncategorized_text: text }, submit: true }
  await stage.outside.stripe.disputes.update(id, order, { idempotencyKey: `${stage.run}.${once}` })
}

async function decided(stage: Stage, email: string, outcome: 'won' | 'lost'): Promise<void> {
  const { id, status } = await disputeOf(stage, email)
  if (status !== 'won' && status !== 'lost') await stage.outside.bankDecides(id, outcome)
}

import type { Day } from '../day.ts'
import { people } from '../people.ts'
import type { Stage, Step } from '../stage.ts'
import { weekAgo } from './week.ts'

const name = 'Rehearsal of renewals'
/** Half a year of renewals is rehearsed in the ten weeks up to now: the clock of the rehearsal runs ahead of everybody’s. */
const movesInWeek = [9, 7, 5, 3, 1] as const

/** Lumenary’s own rehearsal of renewals: a customer on a test clock, who is months ahead of everybody else. */
export function rehearsal(day: Day): Step[] {
  const step = (ago: number, id: string, label: string, run: Step['run']): Step => ({
    id,
    at: weekAgo(day, ago)('4 14:20'),
    strand: id,
    label,
    run,
  })
  const [first] = movesInWeek
  const begun = weekAgo(day, first + 1)('4 14:20')
  return [
    step(first + 1, 'rehearsal.begins', 'A rehearsal of renewals begins', (stage) => begin(stage, begun)),
    ...movesInWeek.map((ago, index) =>
      step(ago, `rehearsal.${index + 1}`, 'The rehearsal moves on by a month', (stage) =>
        moveTo(stage, begun, index + 1),
      ),
    ),
  ]
}

async function begin(stage: Stage, begun: Temporal.Instant): Promise<void> {
  const { stripe } = stage.outside
  const clock =
    (await clockOf(stage)) ??
    (await stripe.testHelpers.testClocks.create({ name, frozen_time: Math.floor(begun.epochMilliseconds / 1000) }))
  await stage.shop.subscribe('rehearsal', {
    ...people.quinn,
    card: 'pm_card_visa',
    plan: 'pro_month',
    currency: 'usd',
    seats: 1,
    testClock: clock.id,
  })
}

/** A month and a day later than before, so that each renewal is also collected. */
async function moveTo(stage: Stage, begun: Temporal.Instant, months: number): Promise<void> {
  const clock = await clockOf(stage)
  if (!clock) throw new Error('the rehearsal has not begun')
  const to = begun.toZonedDateTimeISO('UTC').add({ months, days: 1 }).epochMilliseconds / 1000
  if (clock.frozen_time < to)
    await stage.outside.stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: Math.floor(to) })
}

async function clockOf({ outside }: Stage) {
  const { data } = await outside.stripe.testHelpers.testClocks.list({ limit: 100 })
  return data.find((clock) => clock.name === name)
}

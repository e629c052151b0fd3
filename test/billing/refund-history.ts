import * as fc from 'fast-check'
import { expect } from 'vitest'
import type { Id } from '#contract/ids.ts'
import type { Actor } from '#server/desk.ts'
import { DeskError } from '#platform/errors.ts'
import { idOf } from '#platform/ids.ts'
import { createRefund } from '../../server/modules/billing/actions/create-refund.ts'
import { previewRefund } from '../../server/modules/billing/actions/preview-refund.ts'
import { resumeOperations } from '../../server/modules/billing/actions/resume-operations.ts'
import { runOperation } from '../../server/modules/billing/actions/run-operation.ts'
import { payOnce, startBillingDesk, type BillingDesk } from './billing-desk.ts'
import { promised, reconcile, within } from './refund-accounts.ts'

/** When something happens outside: between two steps of ours, or while a call of ours is on its way there or back. */
type When = 'now' | 'before_call' | 'after_call'

/** `share` is a percentage: of what was paid when we order, of what is left when others do. */
export type Act =
  | { do: 'order'; shares: number[]; when: When }
  | { do: 'refund_elsewhere' | 'credit_elsewhere' | 'dispute'; share: number; when: When }
  | { do: 'refund_comes_back'; when: When }
  | { do: 'decide_dispute'; outcome: 'won' | 'lost' }
  | { do: 'weather'; kind: string; times: number }
  | { do: 'work' | 'work_at_once' | 'tell' | 'wait' }

export type History = { invoiced: boolean; card: string; acts: Act[] }

const paid = 4900
const when = fc.constantFrom<When>('now', 'before_call', 'after_call')
const share = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 5, max: 45 }) }, fc.integer({ min: 1, max: 100 }))
const shares = fc.array(share, { minLength: 1, maxLength: 3 })
const elsewheres = ['refund_elsewhere', 'credit_elsewhere', 'refund_elsewhere', 'credit_elsewhere', 'dispute'] as const
const outside = fc.constantFrom(...elsewheres)
const weather = fc.constantFrom('500_after', '500_before', '429', 'lost_answer', 'lost_request')

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('order' as const),
      shares,
      when,
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: outside, share, when }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('refund_comes_back' as const), when }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('decide_dispute' as const),
      outcome: fc.constantFrom('won' as const, 'lost' as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('weather' as const), kind: weather, times: fc.integer({ min: 1, max: 3 }) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('work' as const, 'work_at_once' as const, 'tell' as const, 'wait' as const),
    }),
  },
)

export const history: fc.Arbitrary<History> = fc.record({
  invoiced: fc.boolean(),
  card: fc.constantFrom(
    'pm_card_visa',
    'pm_card_visa',
    'pm_card_pendingRefund',
    'pm_card_refundFail',
    'pm_card_refundRequiresAction',
  ),
  acts: fc.array(act, { minLength: 6, maxLength: 14, size: 'max' }),
})

export type HistoryDesk = Awaited<ReturnType<typeof startHistoryDesk>>

/** A desk, its Stripe and two agents; `run` lives through a history of one charge and says what came of it. */
export async function startHistoryDesk() {
  const desk = await startBillingDesk()
  const agents = [await desk.agent('Anna', 'agent'), await desk.agent('Bert', 'agent')]
  const inFlight: { before: (() => Promise<void>)[]; after: (() => Promise<void>)[] } = { before: [], after: [] }
  const { payments } = desk.world.ports
  desk.world.ports.payments = {
    ...payments,
    async carryOut(call, key) {
      for (const happens of inFlight.before.splice(0)) await happens()
      const answer = await payments.carryOut(call, key)
      for (const happens of inFlight.after.splice(0)) await happens()
      return answer
    },
  }
  return {
    stop: () => desk.stop(),
    async run({ invoiced, card, acts }: History) {
      inFlight.before.length = inFlight.after.length = 0
      const charge = await makeCharge(desk, invoiced, card)
      for (const one of acts) {
        const happens = async () => {
          await perform(desk, agents, charge, one)
          await within(desk, charge)
        }
        const at = 'when' in one ? one.when : 'now'
        if (at === 'now') await happens()
        else inFlight[at === 'before_call' ? 'before' : 'after'].push(happens)
      }
      await desk.control('DELETE', '/faults')
      await rest(desk, charge)
      // Cards that delay or fail their refunds do so within a day; what waits for the customer then lapses.
      await desk.advance({ hours: card === 'pm_card_refundRequiresAction' ? 46 * 24 : 25 })
      await desk.control('POST', '/advance')
      await desk.settle()
      await within(desk, charge)
      return reconcile(desk, charge)
    },
  }
}

/** A charge of 49.00 USD; its subscription is over, so that time brings no other. */
async function makeCharge(desk: BillingDesk, invoiced: boolean, card: string): Promise<string> {
  const { customer, subscription, charge } = await desk.shop({ unit: paid, card })
  await desk.stripe.subscriptions.cancel(subscription)
  const used = invoiced ? charge : await payOnce(desk.stripe, customer, paid, card)
  await desk.settle()
  return used
}

async function perform(desk: BillingDesk, agents: Actor[], charge: string, one: Act): Promise<void> {
  switch (one.do) {
    case 'order':
      return orderAtOnce(desk, agents, charge, one.shares)
    case 'refund_elsewhere':
    case 'credit_elsewhere':
    case 'dispute':
      return elsewhere(desk, charge, one.do, one.share)
    case 'refund_comes_back':
      return comeBack(desk, charge)
    case 'decide_dispute': {
      const { disputes } = await desk.books(charge)
      const open = disputes.find(({ status }) => status === 'needs_response')
      if (open) await desk.control('POST', `/disputes/${open.id}/resolve`, { outcome: one.outcome })
      return
    }
    case 'weather':
      await desk.control('POST', '/faults', {
        kind: one.kind,
        times: one.times,
        match: { method: 'POST', path: '^/v1/(credit_notes|refunds)$' },
      })
      return
    case 'work':
      return desk.drain()
    case 'work_at_once': {
      const [first, second = first] = await openOperations(desk, charge)
      if (first && second) await Promise.all([first, second].map((id) => runOperation(desk.desk(), id)))
      return
    }
    case 'tell':
      return desk.settle()
    case 'wait':
      return wait(desk)
  }
}

/** Every preview is looked at before the first is ordered. What is accepted must fit beside all that was accepted before. */
async function orderAtOnce(desk: BillingDesk, agents: Actor[], charge: string, shares: number[]): Promise<void> {
  const orders: (() => Promise<Id<'op'>>)[] = []
  for (const [index, part] of shares.entries()) {
    const as = desk.desk(agents[index % agents.length])
    const { outcome, previewId } = await previewRefund(as, { charge, cause: 'outage' })
    const amount = Math.max(1, Math.round((paid * part) / 100))
    if (outcome === 'refund') orders.push(() => createRefund(as, { previewId, amount }))
  }
  const ended = await Promise.allSettled(orders.map((order) => order()))
  for (const end of ended)
    if (end.status === 'rejected' && !(end.reason instanceof DeskError && end.reason.code === 'policy_refused'))
      throw end.reason
  if (ended.some(({ status }) => status === 'fulfilled'))
    expect(await promised(desk, charge), 'what was ordered, moved, credited and disputed').toBeLessThanOrEqual(paid)
}

/** Others keep the invariant too: they take a share of what is left. What Stripe refuses them has not happened. */
async function elsewhere(desk: BillingDesk, charge: string, what: string, part: number): Promise<void> {
  const { invoice, refunded, disputed, credited } = await desk.books(charge)
  const amount = Math.floor(((paid - refunded - disputed - credited) * part) / 100)
  if (amount < 1) return
  const once = { maxNetworkRetries: 0 }
  try {
    if (what === 'dispute') await desk.control('POST', '/disputes', { charge, amount })
    else if (what === 'refund_elsewhere') await desk.stripe.refunds.create({ charge, amount }, once)
    else if (invoice) await desk.stripe.creditNotes.create({ invoice, amount, credit_amount: amount }, once)
  } catch {
    // Refused, or met by the weather; the books say which.
  }
}

async function comeBack(desk: BillingDesk, charge: string): Promise<void> {
  const { refunds } = await desk.books(charge)
  const last = refunds.findLast(({ status }) => status !== 'failed' && status !== 'canceled')
  if (last?.status === 'requires_action') await desk.stripe.refunds.cancel(last.id)
  else if (last) await desk.control('POST', '/refund_fails', { refund: last.id })
}

async function openOperations(desk: BillingDesk, charge: string): Promise<Id<'op'>[]> {
  const rows = await desk.query<{ id: string }>(
    `select id from operations where charge = $1 and state in ('queued', 'running', 'verifying') order by id`,
    [charge],
  )
  return rows.map(({ id }) => idOf('op', id))
}

async function wait(desk: BillingDesk): Promise<void> {
  await desk.advance({ seconds: 20 })
  await resumeOperations(desk.desk(), 'due')
  await desk.drain()
}

async function rest(desk: BillingDesk, charge: string): Promise<void> {
  for (let turn = 0; turn < 100; turn++) {
    await desk.drain()
    if ((await openOperations(desk, charge)).length === 0) return
    await wait(desk)
  }
  throw new Error(`Operations of ${charge} do not come to rest`)
}

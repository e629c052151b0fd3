import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Id } from '#contract/ids.ts'
import { messagesOf, standing } from '#contract/ticket-history.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import { createCorrectionWorld, strays, type CorrectionWorld } from '#test/correction-world.ts'
import { mergeTickets } from './actions/merge-tickets.ts'
import { moveMessages } from './actions/move-messages.ts'
import { relinkSender } from './actions/relink-sender.ts'
import { splitTicket } from './actions/split-ticket.ts'
import { sweepBreaches } from './actions/sweep-breaches.ts'
import { undoCorrection } from './actions/undo-correction.ts'
import { updateTicket } from './actions/update-ticket.ts'
import { writeMessage } from './actions/write-message.ts'
import { readHistory } from './correcting/ticket-history.ts'
import { readSlaEvents } from './record.ts'
import { foldClocks } from './rules/sla.ts'
import { foldTicketState, type StateEvent } from './rules/ticket-state.ts'
import { slaTerms } from './sla-terms.ts'

let t: CorrectionWorld
beforeAll(async () => {
  t = await createCorrectionWorld()
})
afterAll(() => t?.close())

const nth = fc.nat({ max: 7 })
const correction = fc.oneof(
  fc.record({ do: fc.constant('split' as const), at: nth, which: fc.array(nth, { minLength: 1, maxLength: 3 }) }),
  fc.record({
    do: fc.constant('move' as const),
    at: nth,
    to: nth,
    which: fc.array(nth, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ do: fc.constant('merge' as const), at: nth, to: nth }),
  fc.record({
    do: fc.constant('sender' as const),
    at: nth,
    who: fc.constantFrom('ann', 'ben', 'cem'),
    future: fc.boolean(),
  }),
)
type Correcting = typeof correction extends fc.Arbitrary<infer C> ? C : never
const step = fc.tuple(
  fc.integer({ min: 1, max: 20 * 3600 }),
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constant('write' as const), at: nth, who: fc.constantFrom('ann', 'ben') }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('reply' as const), at: nth }) },
    fc.record({ do: fc.constantFrom('note' as const, 'sweep' as const), at: nth }),
    fc.record({
      do: fc.constant('status' as const),
      at: nth,
      to: fc.constantFrom('open' as const, 'pending' as const, 'solved' as const),
    }),
    fc.record({
      do: fc.constant('priority' as const),
      at: nth,
      to: fc.constantFrom('low' as const, 'urgent' as const),
    }),
    fc.record({ do: fc.constant('tags' as const), at: nth, to: fc.subarray(['vip', 'bug']) }),
    { weight: 5, arbitrary: correction },
    { weight: 4, arbitrary: correction.map((what) => ({ do: 'and back' as const, what })) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('undo' as const), at: nth }) },
  ),
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

/** Tickets and messages of one history; the database holds those of all. */
type World = { tickets: Id<'tkt'>[]; messages: Id<'msg'>[]; corrections: Id<'cor'>[] }

const pick = <T>(list: readonly T[], at: number): T => list[at % list.length] as T

async function write(world: World, who: string, ticketId?: Id<'tkt'>): Promise<void> {
  const parent = ticketId && (await t.messages(ticketId)).findLast(({ providerId }) => providerId)
  const { ticketId: filed, messageId } = await t.arrive({
    from: `${who} <${who}@customer.test>`,
    subject: 'Help',
    ...(parent?.providerId ? { answers: parent.providerId } : {}),
  })
  world.messages.push(messageId)
  if (!world.tickets.includes(filed)) world.tickets.push(filed)
}

async function correct(world: World, what: Correcting): Promise<Id<'cor'>> {
  const at = pick(world.tickets, what.at)
  const chosen = async (which: number[]) => {
    const here = await t.messages(at)
    return [...new Set(which.map((one) => pick(here, one).id))]
  }
  if (what.do === 'merge') return mergeTickets(t.mia, at, { into: pick(world.tickets, what.to) })
  if (what.do === 'sender')
    return relinkSender(t.mia, at, { email: `${what.who}@customer.test`, futureMails: what.future })
  if ((await t.messages(at)).length === 0) throw Object.assign(new Error('nothing there'), { code: 'conflict' })
  const messageIds = await chosen(what.which)
  if (what.do === 'move') return moveMessages(t.mia, at, { messageIds, toTicketId: pick(world.tickets, what.to) })
  return splitTicket(t.mia, at, { messageIds })
}

async function take(world: World, [seconds, action]: Step): Promise<void> {
  t.clock.advance({ seconds })
  try {
    if (action.do === 'and back') {
      // A breach that is due is written by whatever comes next, and stands.
      await sweepBreaches(t.desk())
      const before = await t.snapshot(world.tickets)
      const id = await correct(world, action.what)
      await undoCorrection(t.mia, id)
      expect(await t.snapshot(world.tickets)).toEqual(before)
      return
    }
    if (action.do === 'undo') {
      if (world.corrections.length > 0) await undoCorrection(t.mia, pick(world.corrections, action.at))
    } else if (['split', 'move', 'merge', 'sender'].includes(action.do)) {
      world.corrections.push(await correct(world, action as Correcting))
    } else {
      const at = pick(world.tickets, action.at)
      if (action.do === 'write') await write(world, action.who, at)
      else if (action.do === 'reply') world.messages.push(await t.reply(at))
      else if (action.do === 'note') world.messages.push(await writeMessage(t.mia, at, { kind: 'note', text: 'Hm' }))
      else if (action.do === 'sweep') await sweepBreaches(t.desk())
      else if (action.do === 'status') await updateTicket(t.mia, at, { status: action.to })
      else if (action.do === 'priority') await updateTicket(t.mia, at, { priority: action.to })
      else if (action.do === 'tags') await updateTicket(t.mia, at, { tags: action.to })
    }
  } catch (error) {
    // What does not apply is refused; the refusal must leave no trace, which the comparison shows.
    if (!['conflict', 'invalid_request'].includes((error as { code?: string }).code ?? '')) throw error
  } finally {
    await meet(world)
  }
}

/** Tickets that splits have made, and answers that went into new tickets. */
async function meet(world: World): Promise<void> {
  const { rows } = await t.world.pool.query<{ ticket_id: string }>(
    `select distinct ticket_id from messages where id = any($1::uuid[])
     union select other_id from corrections where id = any($2::uuid[]) and other_id is not null`,
    [world.messages.map(uuidOf), world.corrections.map(uuidOf)],
  )
  for (const row of rows) {
    const id = idOf('tkt', row.ticket_id)
    if (!world.tickets.includes(id)) world.tickets.push(id)
  }
}

test('whatever is written and corrected: no message is lost, undoing restores, and the tables are what the ledger says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 12 }), async (steps) => {
      const world: World = { tickets: [], messages: [], corrections: [] }
      await write(world, 'ann')
      await write(world, 'ben')
      for (const next of steps) await take(world, next)
      await expectWhole(world)
      for (const id of world.tickets) await expectAsTheLedgerSays(id)
    }),
    { numRuns: 60 },
  )
}, 300_000)

async function expectWhole(world: World): Promise<void> {
  const { rows } = await t.world.pool.query('select id, ticket_id from messages where id = any($1::uuid[])', [
    world.messages.map(uuidOf),
  ])
  expect(rows).toHaveLength(world.messages.length)
  expect(rows.filter((row) => !world.tickets.includes(idOf('tkt', row.ticket_id)))).toEqual([])
  expect(await strays(t)).toEqual([])
}

async function expectAsTheLedgerSays(ticketId: Id<'tkt'>): Promise<void> {
  const history = await readHistory(t.mia, ticketId)
  const { rows } = await t.world.pool.query(
    `select status, priority, tags, solve_cycle, reopened, solved_at, closed_at, merged_into_id from tickets where id = $1`,
    [uuidOf(ticketId)],
  )
  const row = rows[0]
  expect(foldTicketState(history as unknown as StateEvent[])).toMatchObject({
    status: row.status,
    priority: row.priority,
    tags: row.tags,
    solved: row.solve_cycle,
    reopened: row.reopened,
    solvedAt: row.solved_at?.toString() ?? null,
    closedAt: row.closed_at?.toString() ?? null,
    mergedInto: row.merged_into_id && idOf('tkt', row.merged_into_id),
  })
  const told = messagesOf(standing(history)).map(({ id }) => id)
  expect(told.toSorted()).toEqual((await t.messages(ticketId)).map(({ id }) => id).toSorted())
  const { calendars } = await slaTerms(t.mia)
  const clocks = foldClocks(await readSlaEvents(t.mia, ticketId), calendars, t.mia.now())
  const stored = await t.world.pool.query('select target, state, started_at from ticket_clocks where ticket_id = $1', [
    uuidOf(ticketId),
  ])
  expect(stored.rows.map(({ target }) => target)).toEqual(clocks.map(({ target }) => target))
  for (const clock of clocks.filter((one) => !(one.open && one.breachedAt && !one.breachRecorded)))
    expect(stored.rows.find(({ target }) => target === clock.target)).toMatchObject({
      state: clock.state,
      started_at: clock.startedAt,
    })
  const asked = (await t.messages(ticketId)).some(({ kind }) => kind === 'inbound')
  if (asked && ['new', 'open'].includes(row.status)) expect(clocks).not.toEqual([])
  if (row.merged_into_id) expect(clocks.filter(({ open }) => open)).toEqual([])
}

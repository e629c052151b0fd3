import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { createTeam } from '#modules/team/actions/save-team.ts'
import { uuidOf } from '#platform/ids.ts'
import { bytesOf, createLetterWorld, type LetterWorld } from '#test/letters.ts'
import { closeSolved } from './actions/close-solved.ts'
import { createTicket } from './actions/create-ticket.ts'
import { leave } from './actions/leave.ts'
import { sweepBreaches } from './actions/sweep-breaches.ts'
import { updateTicket } from './actions/update-ticket.ts'
import { writeMessage } from './actions/write-message.ts'
import { readHistory } from './correcting/ticket-history.ts'
import { readTicket } from './index.ts'
import { readSlaEvents } from './record.ts'
import { foldClocks } from './rules/sla.ts'
import { foldTicketState, type StateEvent } from './rules/ticket-state.ts'
import { slaTerms } from './sla-terms.ts'
import { urgentAt } from './store/clocks.ts'
import { listMessages } from './views/list-messages.ts'

let t: LetterWorld
let mia: Desk
let agents: Id<'agt'>[]
let teams: Id<'tea'>[]
beforeAll(async () => {
  t = await createLetterWorld()
  mia = t.mia
  const ken = await t.agent('Ken', ['agent'])
  agents = [mia, ken].map(({ actor }) => actor.agentId as Id<'agt'>)
  teams = [await createTeam(t.desk(), { name: 'Billing' }), await createTeam(t.desk(), { name: 'Enterprise' })]
})
afterAll(() => t.close())

const step = fc.tuple(
  fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 0, max: 40 * 3600 }) },
    // The machine's clock was wrong and is set back.
    { weight: 1, arbitrary: fc.integer({ min: -48 * 3600, max: 0 }) },
  ),
  fc.oneof(
    fc.record({ do: fc.constant('status' as const), to: fc.constantFrom('open', 'pending', 'on_hold', 'solved') }),
    fc.record({ do: fc.constant('priority' as const), to: fc.constantFrom('low', 'normal', 'urgent') }),
    fc.record({ do: fc.constant('assign' as const), to: fc.constantFrom(0, 1, null) }),
    fc.record({ do: fc.constant('team' as const), to: fc.constantFrom(0, 1) }),
    fc.record({ do: fc.constant('tags' as const), to: fc.subarray(['vip', 'refund', 'bug']) }),
    fc.record({ do: fc.constant('reply' as const), to: fc.constantFrom(undefined, 'pending', 'solved') }),
    fc.record({ do: fc.constantFrom('answer' as const, 'note' as const, 'sweep' as const, 'close' as const) }),
  ),
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

/** What does not apply in this state is refused; the refusal must leave no trace, which the comparison shows. */
async function take(ticketId: Id<'tkt'>, [seconds, action]: Step): Promise<void> {
  t.clock.advance({ seconds })
  try {
    if (action.do === 'status') await updateTicket(mia, ticketId, { status: action.to as 'open' })
    else if (action.do === 'priority') await updateTicket(mia, ticketId, { priority: action.to as 'low' })
    else if (action.do === 'assign')
      await updateTicket(mia, ticketId, { assigneeId: action.to === null ? null : (agents[action.to] ?? null) })
    else if (action.do === 'team') await updateTicket(mia, ticketId, { teamId: teams[action.to] as Id<'tea'> })
    else if (action.do === 'tags') await updateTicket(mia, ticketId, { tags: action.to })
    else if (action.do === 'reply') {
      const status = action.to as 'solved' | undefined
      await leave(
        t.desk(),
        await writeMessage(mia, ticketId, { kind: 'reply', text: 'Hello', ...(status ? { status } : {}) }),
      )
    } else if (action.do === 'note') await writeMessage(mia, ticketId, { kind: 'note', text: 'Hm' })
    else if (action.do === 'sweep') await sweepBreaches(t.desk())
    else if (action.do === 'close') await closeSolved(t.desk())
    else await answer(ticketId)
  } catch (error) {
    if (!['conflict', 'invalid_request'].includes((error as { code?: string }).code ?? '')) throw error
  }
}

async function answer(ticketId: Id<'tkt'>): Promise<void> {
  const ours = (await listMessages(mia, ticketId, {})).items.findLast((item) => item.kind === 'reply')
  if (!ours) return
  await t.take(bytesOf({ subject: 'Re: x', answers: ours.providerId ?? '', text: 'And now?' }))
}

test('status, owner, team, priority, tags and clocks of a ticket are what its events say, after any history', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 9 }), async (steps) => {
      const ticketId = await createTicket(mia, {
        subject: 'x',
        requester: { email: 'ann@customer.test' },
        direction: 'inbound',
        message: { text: 'Help' },
        tags: ['bug'],
      })
      for (const next of steps) await take(ticketId, next)
      await expectRebuilt(ticketId)
    }),
    { numRuns: 300 },
  )
}, 120_000)

async function expectRebuilt(ticketId: Id<'tkt'>): Promise<void> {
  const ticket = await readTicket(mia, ticketId)
  const { rows: columns } = await t.world.pool.query<{
    solve_cycle: number
    solved_at: Temporal.Instant | null
    closed_at: Temporal.Instant | null
  }>('select solve_cycle, solved_at, closed_at from tickets where id = $1', [uuidOf(ticketId)])
  expect(foldTicketState((await readHistory(mia, ticketId)) as unknown as StateEvent[])).toEqual({
    status: ticket.status,
    priority: ticket.priority,
    assigneeId: ticket.assigneeId,
    teamId: ticket.teamId,
    tags: ticket.tags,
    solved: columns[0]?.solve_cycle,
    reopened: ticket.reopened,
    solvedAt: columns[0]?.solved_at?.toString() ?? null,
    closedAt: columns[0]?.closed_at?.toString() ?? null,
    mergedInto: ticket.mergedInto?.id ?? null,
  })
  const { calendars } = await slaTerms(mia)
  const clocks = foldClocks(await readSlaEvents(mia, ticketId), calendars, mia.now())
  // A deadline that has passed since the last event is a breach that the next sweep will write.
  const settled = clocks.filter((clock) => !(clock.open && clock.breachedAt && !clock.breachRecorded))
  for (const clock of settled) {
    const shown = ticket.clocks.find(({ target }) => target === clock.target)
    expect(shown).toMatchObject({ state: clock.state, dueAt: clock.dueAt?.toString() ?? null })
    expect(shown?.elapsedMs ?? 0).toBeGreaterThanOrEqual(0)
  }
  expect(ticket.urgentAt).toBe(urgentAt(ticket.status, clocks)?.toString() ?? null)
}

import { afterAll, beforeAll, expect, test } from 'vitest'
import { createMailPort } from '#server/channels/email/mail-port.ts'
import { ensureDefaults, getCalendar } from '#modules/team/index.ts'
import { updateCalendar } from '#modules/team/actions/update-calendar.ts'
import { createTestWorld, type TestWorld } from '#test/build.ts'
import { ensureMailbox, readTicket } from '../index.ts'
import { listTicketEvents } from '../views/list-ticket-events.ts'
import { createTicket } from './create-ticket.ts'
import { reviseClocks } from './revise-clocks.ts'
import { sweepBreaches } from './sweep-breaches.ts'

let t: TestWorld
beforeAll(async () => {
  t = await createTestWorld({ mail: createMailPort({ target: { host: '127.0.0.1', port: 9, secure: false } }) })
  await ensureDefaults(t.desk())
  await ensureMailbox(t.desk(), 'support@desk.test', 'Desk Support')
})
afterAll(() => t.close())

const open = (subject: string) =>
  createTicket(t.desk(), {
    subject,
    requester: { email: 'ann@customer.test' },
    direction: 'inbound',
    message: { text: 'Hello?' },
  })

async function setTarget(seconds: number) {
  const { hours, version } = await getCalendar(t.desk())
  await updateCalendar(t.desk(), { hours, firstReplySeconds: seconds, version })
}

test('a new target moves the clocks that run, keeps what has counted, and leaves verdicts alone', async () => {
  // Monday at nine: eight opening hours end at 17:00.
  const late = await open('late already')
  t.clock.set('2026-11-03T09:00:00Z')
  await sweepBreaches(t.desk())
  const running = await open('still running')
  t.clock.advance({ hours: 1 })
  expect((await readTicket(t.desk(), running)).clocks).toMatchObject([{ dueAt: '2026-11-03T17:00:00Z' }])

  await setTarget(2 * 3600)
  await reviseClocks(t.desk())
  const [clock] = (await readTicket(t.desk(), running)).clocks
  expect(clock).toMatchObject({ state: 'running', dueAt: '2026-11-03T11:00:00Z', elapsedMs: 3_600_000 })
  expect((await readTicket(t.desk(), running)).urgentAt).toBe('2026-11-03T11:00:00Z')
  expect((await readTicket(t.desk(), late)).clocks).toMatchObject([
    { state: 'breached', dueAt: '2026-11-02T17:00:00Z' },
  ])

  await reviseClocks(t.desk())
  const { items } = await listTicketEvents(t.desk(), running, {})
  expect(items.filter((event) => event.type === 'sla.updated')).toHaveLength(1)
})

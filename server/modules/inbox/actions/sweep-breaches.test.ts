import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Id } from '#contract/ids.ts'
import { createMailPort } from '#server/channels/email/mail-port.ts'
import { ensureDefaults } from '#modules/team/index.ts'
import { createTestWorld, type TestWorld } from '#test/build.ts'
import { uuidOf } from '#platform/ids.ts'
import { ensureMailbox, readTicket } from '../index.ts'
import { createTicket } from './create-ticket.ts'
import { sweepBreaches } from './sweep-breaches.ts'

let t: TestWorld
beforeAll(async () => {
  t = await createTestWorld({ mail: createMailPort({ target: { host: '127.0.0.1', port: 9, secure: false } }) })
  await ensureDefaults(t.desk())
  await ensureMailbox(t.desk(), 'support@desk.test', 'Desk Support')
})
afterAll(() => t.close())

test('more clocks than one batch are swept, and one that its ledger does not call due holds up none', async () => {
  t.clock.set('2026-11-02T09:00:00Z')
  const ids: Id<'tkt'>[] = []
  for (let n = 0; n < 205; n++)
    ids.push(
      await createTicket(t.desk(), {
        subject: `Question ${n}`,
        requester: { email: 'ann@customer.test' },
        direction: 'inbound',
        message: { text: 'Hello?' },
      }),
    )
  // As it is after a careless hand in the database: the row is due a year before its ledger says so.
  const [odd, ...others] = ids as [Id<'tkt'>, ...Id<'tkt'>[]]
  await t
    .desk()
    .connection.query(`update ticket_clocks set due_at = due_at - interval '1 year' where ticket_id = $1`, [
      uuidOf(odd),
    ])
  await sweepBreaches(t.desk())
  expect((await readTicket(t.desk(), odd)).clocks).toMatchObject([{ state: 'running' }])
  t.clock.set('2026-11-03T09:00:00Z')
  await sweepBreaches(t.desk())
  for (const id of others) expect((await readTicket(t.desk(), id)).clocks).toMatchObject([{ state: 'breached' }])
}, 60_000)

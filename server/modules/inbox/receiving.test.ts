import { afterAll, beforeAll, expect, test } from 'vitest'
import { bytesOf, createLetterWorld, type LetterWorld } from '#test/letters.ts'

let t: LetterWorld
beforeAll(async () => {
  t = await createLetterWorld()
})
afterAll(() => t?.close())

test('a mail becomes a ticket with a clock, its bytes kept', async () => {
  const raw = bytesOf({ subject: 'Charged twice' })
  const [received] = await t.take(raw)
  const ticket = await t.ticket(received?.ticketId ?? (undefined as never))
  expect(ticket).toMatchObject({ subject: 'Charged twice', status: 'new', channel: 'email' })
  expect(ticket.clocks).toMatchObject([{ target: 'first_reply', state: 'running' }])
  expect(ticket.urgentAt).toBe(ticket.clocks[0]?.dueAt)
  const { rows } = await t.world.pool.query('select bytes from raw_items')
  expect(Buffer.compare(rows[0].bytes, raw)).toBe(0)
})

test('the same mail twice, also at once, is one ticket and two receipts', async () => {
  const raw = bytesOf({ subject: 'Once only', id: 'once@customer.test' })
  const received = (await Promise.all([t.take(raw), t.take(raw), t.take(raw)])).flat()
  expect(received.filter(({ ticketId }) => ticketId)).toHaveLength(1)
  const { rows } = await t.world.pool.query(
    `select disposition from receipts where provider_id = 'once@customer.test' order by disposition`,
  )
  expect(rows.map((row) => row.disposition)).toEqual(['duplicate', 'duplicate', 'ticketed'])
})

test('a reused Message-ID with other content is a message of its own, flagged', async () => {
  await t.filed({ id: 'reused@customer.test', text: 'one' })
  await t.filed({ id: 'reused@customer.test', text: 'two' })
  const { rows } = await t.world.pool.query(
    `select flagged from receipts where provider_id = 'reused@customer.test' order by flagged`,
  )
  expect(rows.map((row) => row.flagged)).toEqual([false, true])
})

test('a mail that cannot be read is parked with its bytes', async () => {
  const [received] = await t.take(Buffer.alloc(0))
  const { rows } = await t.world.pool.query(
    `select disposition, reason from receipts r join raw_items w on w.receipt_id = r.id where disposition = 'parked'`,
  )
  expect(received?.ticketId).toBeNull()
  expect(rows).toMatchObject([{ disposition: 'parked', reason: 'The mail is empty.' }])
})

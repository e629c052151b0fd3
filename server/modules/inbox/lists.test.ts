import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLetterWorld, type LetterWorld } from '#test/letters.ts'
import { updateTicket } from './actions/update-ticket.ts'
import { readTicket } from './index.ts'
import { countViews } from './views/count-views.ts'
import { listMessages } from './views/list-messages.ts'
import { listTickets } from './views/list-tickets.ts'

let t: LetterWorld
beforeAll(async () => {
  t = await createLetterWorld()
})
afterAll(() => t?.close())

test('agents of one team see and count nothing of another', async () => {
  const ticketId = await t.filed({})
  const outsider = t.desk({ ...t.mia.actor, visible: ['tea_01m81jvhj0e9qbymky1r6nyy18'] })
  await expect(readTicket(outsider, ticketId)).rejects.toMatchObject({ code: 'not_found' })
  await expect(listMessages(outsider, ticketId, {})).rejects.toMatchObject({ code: 'not_found' })
  await expect(updateTicket(outsider, ticketId, { priority: 'high' })).rejects.toMatchObject({ code: 'not_found' })
  expect((await listTickets(outsider, {})).items).toEqual([])
  expect((await countViews(outsider)).items.every(({ count }) => count === 0)).toBe(true)
})

test('every view pages through all of its tickets once, in its order', async () => {
  for (const status of ['new', 'open', 'pending', 'solved', 'solved', 'solved'] as const) {
    const ticketId = await t.filed({ subject: status })
    if (status !== 'new') await updateTicket(t.mia, ticketId, { status })
  }
  for (const view of ['next', 'all', 'solved'] as const) {
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await listTickets(t.mia, { view, limit: 2, ...(cursor ? { cursor } : {}) })
      seen.push(...page.items.map((item) => item.id))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    const whole = await listTickets(t.mia, { view, limit: 100 })
    expect(whole.items.length).toBeGreaterThan(2)
    expect(seen).toEqual(whole.items.map((item) => item.id))
  }
})

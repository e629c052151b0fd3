import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { getTicketArithmetic, TicketArithmetic, type KpiReport, type KpiTicket } from '#contract/insights.ts'
import type { Id } from '#contract/ids.ts'
import { createMailPort } from '#server/channels/email/mail-port.ts'
import { moduleRoutes } from '#server/modules.ts'
import { rate } from '#modules/inbox/actions/rate.ts'
import { ensureMailbox, mailboxesFor, receiveMail } from '#modules/inbox/index.ts'
import { insightsJobs } from '#modules/insights/index.ts'
import { createApiKey } from '#modules/team/actions/create-api-key.ts'
import { ensureBootKey, ensureDefaults, permissionsOf } from '#modules/team/index.ts'
import { pathOf } from '#contract/endpoint.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import { createTestWorld, type TestWorld } from '#test/build.ts'
import { ledgerVisible } from '#test/ledger-visible.ts'
import { serveTestWorld, type Served } from '#test/served.ts'

const bootKey = 'the-key-of-the-reports-test-which-is-long'
const support = 'support@desk.test'

let t: TestWorld
let served: Served

beforeAll(async () => {
  t = await createTestWorld({ mail: createMailPort({ target: { host: '127.0.0.1', port: 9, secure: false } }) })
  served = await serveTestWorld(t, moduleRoutes)
  await ensureDefaults(t.desk())
  await ensureBootKey(t.desk(), bootKey)
  await ensureMailbox(t.desk(), support, 'Desk Support')
  const settings = await get('/api/v1/settings')
  await call('PATCH', '/api/v1/settings', { undoSeconds: 0, version: settings.version })
})
afterAll(async () => {
  await served.close()
  await t.close()
})
beforeEach(() => t.clock.set('2026-11-02T09:00:00Z'))

async function call(method: string, path: string, body?: unknown, key = bootKey) {
  const headers = { authorization: `Bearer ${key}` }
  const answer = await served.send(method, path, { headers, body, origin: null })
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}
const get = (path: string, key?: string) => call('GET', path, undefined, key)

let letters = 0

async function arrive(text: string, more: string[] = []): Promise<Id<'tkt'>> {
  const from = `customer${++letters}@example.test`
  const raw = Buffer.from(
    [
      `From: ${from}`,
      `To: ${support}`,
      'Subject: Help',
      `Message-ID: <${letters}@example.test>`,
      ...more,
      '',
      text,
    ].join('\r\n'),
  )
  const mailboxes = await mailboxesFor(t.desk(), [support])
  const envelope = { from, to: [support], ip: null, helo: null }
  const [received] = await receiveMail(t.desk(), { raw, mailboxes, envelope })
  if (!received?.ticketId) throw new Error('no ticket')
  return received.ticketId
}

const reply = (ticketId: string, status?: 'pending' | 'solved') =>
  call('POST', `/api/v1/tickets/${ticketId}/messages`, { kind: 'reply', text: 'We are on it.', status })

async function rateNow(ticketId: Id<'tkt'>, score: number) {
  const { rows } = await t.world.pool.query<{ id: string }>(
    'select id from ratings where ticket_id = $1 order by cycle desc limit 1',
    [uuidOf(ticketId)],
  )
  const id = idOf('rat', rows[0]?.id ?? '')
  await rate(t.desk(), `${id}.${t.world.secrets.sign('rating', id)}`, score, null)
}

async function report(query = ''): Promise<KpiReport> {
  await ledgerVisible(t.world.pool)
  return (await get(`/api/v1/reports/kpis${query}`)) as unknown as KpiReport
}
const figure = (of: KpiReport, id: string, clock = 'calendar') =>
  of.kpis.find((kpi) => kpi.definition.id === id && kpi.clock === clock) ?? (undefined as never)

/** Follows a figure's address to its end, a few lines at a time. */
async function linesOf(address: string, limit = 3): Promise<KpiTicket[]> {
  const lines: KpiTicket[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const next = cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''
    const page: Record<string, unknown> = await get(`${address}&limit=${limit}${next}`)
    lines.push(...(page.items as KpiTicket[]))
    cursor = page.nextCursor as string | null
  }
  return lines
}

const minutes = 60_000

test('figures are what happened, and each opens the tickets it is made of', async () => {
  // Seven tickets at nine, answered after 10, 20, … 60 minutes; the seventh waits.
  const tickets: Id<'tkt'>[] = []
  for (let index = 0; index < 7; index++) tickets.push(await arrive(`question ${index}`))
  for (const ticketId of tickets.slice(0, 6)) {
    t.clock.advance({ minutes: 10 })
    await reply(ticketId, 'solved')
  }
  t.clock.set('2026-11-02T11:00:00Z')
  await rateNow(tickets[0] as Id<'tkt'>, 5)
  await rateNow(tickets[1] as Id<'tkt'>, 2)
  t.clock.set('2026-11-02T12:00:00Z')
  const found = await report('?from=2026-11-01&to=2026-11-03')
  const first = figure(found, 'first_reply_human')
  expect(first).toMatchObject({ n: 6, median: 35 * minutes, p90: 55 * minutes, censored: { n: 1 } })
  expect(first.excluded).toEqual([{ reason: 'waiting', n: 1 }])
  expect(figure(found, 'first_reply_human', 'business').withinTarget).toMatchObject({
    targetMs: 8 * 60 * minutes,
    share: { part: 6, of: 6 },
  })
  expect(figure(found, 'solved')).toMatchObject({ n: 6 })
  expect(figure(found, 'backlog')).toMatchObject({ n: 1, oldest: { ticketId: tickets[6], ageMs: 180 * minutes } })
  expect(figure(found, 'csat')).toMatchObject({ n: 2, hidden: 'fewer_than_5', response: { part: 2, of: 6 } })
  expect(found.asOf).toBe('2026-11-02T12:00:00Z')

  const lines = await linesOf(first.tickets)
  expect(lines).toHaveLength(7)
  const counted = lines.filter((line) => line.counted).map((line) => (line.calendarMs ?? 0) / minutes)
  expect(counted.sort()).toEqual([10, 20, 30, 40, 50, 60])
  expect(lines.find((line) => !line.counted)).toMatchObject({ ticketId: tickets[6], reason: 'waiting' })
  const rated = await linesOf(figure(found, 'csat').tickets, 1)
  expect(
    rated
      .map((line) => line.rating)
      .filter(Boolean)
      .sort(),
  ).toEqual([2, 5])
})

test('a ticket that came back is counted as reopened; thanks are listed only', async () => {
  t.clock.set('2026-11-09T09:00:00Z')
  const back = await arrive('It does not work.')
  const thanked = await arrive('It does not work either.')
  t.clock.advance({ minutes: 30 })
  // Somebody looks in between: what is folded by then must be folded again.
  expect(figure(await report('?from=2026-11-09&to=2026-11-10'), 'solved')).toMatchObject({ n: 0 })
  const answers = [await reply(back, 'solved'), await reply(thanked, 'solved')]
  expect(figure(await report('?from=2026-11-09&to=2026-11-10'), 'solved')).toMatchObject({ n: 2 })
  t.clock.advance({ hours: 1 })
  const [ids] = [answers.map((answer) => String(answer.providerId))]
  await answer(back, ids[0] ?? '', 'It is broken again.')
  await answer(thanked, ids[1] ?? '', 'Thank you so much!')
  t.clock.advance({ minutes: 5 })
  await call('PATCH', `/api/v1/tickets/${thanked}`, { status: 'solved' })
  await reply(back, 'solved')
  const found = await report('?from=2026-11-09&to=2026-11-10')
  expect(figure(found, 'reopened')).toMatchObject({ n: 1, count: 1, excluded: [{ reason: 'thanks', n: 1 }] })
  expect(figure(found, 'solved')).toMatchObject({ n: 2 })
})

/** The customer of a ticket answers the mail with this Message-ID. */
async function answer(ticketId: Id<'tkt'>, messageId: string, text: string): Promise<void> {
  const ticket = (await get(`/api/v1/tickets/${ticketId}`)) as { requester: { email: string } }
  const from = ticket.requester.email
  const raw = Buffer.from(
    [
      `From: ${from}`,
      `To: ${support}`,
      'Subject: Re: Help',
      `Message-ID: <answer${++letters}@example.test>`,
      `In-Reply-To: <${messageId}>`,
      '',
      text,
    ].join('\r\n'),
  )
  const mailboxes = await mailboxesFor(t.desk(), [support])
  await receiveMail(t.desk(), { raw, mailboxes, envelope: { from, to: [support], ip: null, helo: null } })
}

test('what follows the ledger agrees with the whole ledger folded from its beginning', async () => {
  t.clock.set('2026-11-12T12:00:00Z')
  const followed = await report('?from=2026-11-01&to=2026-11-12')
  const kept = await t.world.pool.query('select ticket_id, ended_at::text, facts from ticket_facts order by ticket_id')
  expect(kept.rowCount).toBeGreaterThan(8)
  await t.world.pool.query('truncate ticket_facts, ledger_cursors')
  await t.desk().enqueue({ name: 'insights.follow' })
  await t.drain(insightsJobs)
  const again = await report('?from=2026-11-01&to=2026-11-12')
  expect(again).toEqual(followed)
  const folded = await t.world.pool.query(
    'select ticket_id, ended_at::text, facts from ticket_facts order by ticket_id',
  )
  expect(folded.rows).toEqual(kept.rows)
})

test('the arithmetic of a ticket adds up', async () => {
  t.clock.set('2026-11-16T08:30:00Z')
  const ticketId = await arrive('How do I export?')
  t.clock.set('2026-11-16T09:40:00Z')
  await reply(ticketId, 'pending')
  t.clock.set('2026-11-16T10:00:00Z')
  const found = TicketArithmetic.parse(await get(pathOf(getTicketArithmetic, { id: ticketId })))
  expect(
    found.intervals.map(({ kind, calendarMs, businessMs }) => [kind, calendarMs / minutes, businessMs / minutes]),
  ).toEqual([
    ['waiting_on_us', 70, 40],
    ['waiting_on_customer', 20, 20],
  ])
  const first = found.measures.find(({ measure }) => measure === 'first_reply_human')
  expect(first?.calendarMs).toBe(first?.parts.reduce((sum, part) => sum + part.calendarMs, 0))
})

/** Gives a ticket to a new team, and makes a key of somebody who sees that team only. */
async function giveToNewTeam(ticketId: Id<'tkt'>): Promise<{ teamId: string; key: string }> {
  const { id: teamId } = await call('POST', '/api/v1/teams', { name: 'Enterprise' })
  const invited = await call('POST', '/api/v1/agents', {
    name: 'Eve',
    email: 'eve@desk.test',
    roles: ['agent'],
    teamIds: [teamId],
    visibility: 'teams',
  })
  const token = new URL(String(invited.invitationUrl)).searchParams.get('token')
  await call('POST', '/api/v1/invitations/accept', { token, password: 'a long enough password' })
  await call('PATCH', `/api/v1/tickets/${ticketId}`, { teamId })
  const agentId = (invited.agent as { id: Id<'agt'> }).id
  const { secret } = await createApiKey(
    t.desk({
      kind: 'agent',
      id: agentId,
      agentId,
      name: 'Eve',
      roles: ['agent'],
      permissions: permissionsOf(['agent']),
      visible: 'all',
    }),
    { name: 'Eve', role: 'agent' },
  )
  return { teamId: String(teamId), key: secret }
}

test('whoever sees one team only gets figures of that team only', async () => {
  t.clock.set('2026-11-23T09:00:00Z')
  const ours = await arrive('for the first team')
  const theirs = await arrive('for the other team')
  const { key, teamId } = await giveToNewTeam(theirs)
  t.clock.advance({ minutes: 5 })
  const span = '?from=2026-11-23&to=2026-11-24'
  expect(figure(await report(span), 'backlog').n).toBeGreaterThan(1)
  const seen = (await get(`/api/v1/reports/kpis${span}`, key)) as unknown as KpiReport
  expect(figure(seen, 'backlog')).toMatchObject({ n: 1, oldest: { ticketId: theirs } })
  const page = await get(`${figure(seen, 'backlog').tickets}`, key)
  expect(page.items).toMatchObject([{ ticketId: theirs }])
  expect(figure(await report(`${span}&teamId=${teamId}`), 'first_reply_human').excluded).toEqual([
    { reason: 'waiting', n: 1 },
  ])
  const refused = await served.send('GET', `/api/v1/tickets/${ours}/arithmetic`, {
    headers: { authorization: `Bearer ${key}` },
    origin: null,
  })
  expect(refused.status).toBe(404)
})

test('a span that ends before it starts, or a cursor made up by hand, is refused', async () => {
  for (const path of [
    '/api/v1/reports/kpis?from=2026-11-03&to=2026-11-02',
    '/api/v1/reports/kpis/solved/tickets?cursor=junk',
    `/api/v1/reports/kpis/solved/tickets?cursor=${Buffer.from('["x","tkt_1",0]').toString('base64url')}`,
    '/api/v1/reports/kpis/nothing/tickets',
  ]) {
    const { status } = await served.send('GET', path, { headers: { authorization: `Bearer ${bootKey}` }, origin: null })
    expect(status).toBe(400)
  }
})

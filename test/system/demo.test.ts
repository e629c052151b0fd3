import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Approval, Operation } from '#contract/billing.ts'
import type { Entitlement } from '#contract/entitlements.ts'
import type { Message, TicketRow } from '#contract/inbox.ts'
import type { KpiReport } from '#contract/insights.ts'
import type { ProductAction } from '#contract/product.ts'
import { booksAgree } from '#test/demo-books.ts'
import { makeDataDir, startDeskProcess, type DeskProcess } from '#test/desk-process.ts'

const key = 'the-key-of-the-demo-test-which-is-long-enough'

/** Those of yesterday and today, and of the twelve weeks before; three were merged away. */
const ticketsMade = 99
const ticketsListed = ticketsMade - 3

let folder: Awaited<ReturnType<typeof makeDataDir>>
let desk: DeskProcess

beforeAll(async () => {
  folder = await makeDataDir()
  desk = await startDemo()
  // In the middle of the story the machine fails.
  await until(async () => ((await me()).demo?.done ?? 0) > 120)
  await desk.kill()
  desk = await startDemo()
  await until(async () => (await finished()) && (await me()).demo === null)
}, 600_000)
afterAll(async () => {
  await desk?.stop()
  await folder.remove()
}, 60_000)

function startDemo(): Promise<DeskProcess> {
  return startDeskProcess(folder.dataDir, { args: [], env: { ADMIN_API_KEY: key } })
}

async function get<T>(path: string): Promise<T> {
  const response = await fetch(`${desk.url}/api/v1${path}`, { headers: { authorization: `Bearer ${key}` } })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as T
}
type Me = { demo: { done: number; total: number; step: string } | null; now: string; emulatorsUrl: string }
const me = () => get<Me>('/me')

/** Replies wait for their undo again only when the story is over. */
async function finished(): Promise<boolean> {
  const { companyName, undoSeconds } = await get<{ companyName: string; undoSeconds: number }>('/settings')
  return companyName === 'Lumenary' && undoSeconds === 10
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(200)
}

async function all<T>(path: string): Promise<T[]> {
  const items: T[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { items: T[]; nextCursor: string | null } = await get(
      `${path}${path.includes('?') ? '&' : '?'}limit=100${cursor ? `&cursor=${cursor}` : ''}`,
    )
    items.push(...page.items)
    cursor = page.nextCursor
  }
  return items
}

async function query(text: string): Promise<Record<string, unknown>[]> {
  const { password, port } = JSON.parse(await readFile(join(folder.dataDir, 'database.json'), 'utf8'))
  const client = new Client({ host: '127.0.0.1', port, user: 'mainstay', password, database: 'mainstay' })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

test('three months of tickets are there, each mail of them once', async () => {
  const tickets = await all<TicketRow>('/tickets?view=all')
  expect(tickets).toHaveLength(ticketsListed)
  expect(new Set(tickets.map((ticket) => ticket.subject)).size).toBe(ticketsListed)
  expect(tickets.filter((ticket) => ticket.segment === 'enterprise').length).toBeGreaterThanOrEqual(15)
  expect(tickets.some((ticket) => [...ticket.requester.name].length === 60)).toBe(true)
  const said = await query(
    `select ticket_id, kind, text from messages where kind <> 'auto' group by 1, 2, 3 having count(*) > 1`,
  )
  expect(said).toEqual([])
  const { counts } = await get<{ counts: Record<string, number> }>('/custody')
  expect(counts).toMatchObject({ ticketed: ticketsMade, appended: 21, noted: 3, parked: 1 })
})

test('mail that wants some care got it', async () => {
  const items = await all<TicketRow>('/tickets?view=all')
  const messages = async (subject: string) => {
    const ticket = items.find((item) => item.subject === subject)
    return (await get<{ items: Message[] }>(`/tickets/${ticket?.id}/messages?limit=100`)).items
  }
  const [card] = await messages('My new card is not taken')
  expect(card?.text).toContain('•••• 4242')
  expect(card?.text).not.toMatch(/4242 4242/)
  const merged = await messages('Export of my answers stops at 500')
  expect(merged.filter(({ kind }) => kind === 'inbound')).toHaveLength(2)
  expect(items.filter(({ subject }) => subject === 'Export, once more')).toEqual([])
  const forwarded = items.find(({ subject }) => subject === 'Can I get my student discount back?')
  expect(forwarded?.requester.name).toBe('Lucas Moreau')
  expect((await messages('Where do I find my invoices?')).at(-1)?.flags).toContain('subject_changed')
})

test('some wait, some are late, some came back, some could not be delivered', async () => {
  const tickets = await all<TicketRow>('/tickets?view=all')
  const clocks = tickets.flatMap((ticket) => ticket.clocks)
  expect(clocks.filter((clock) => clock.state === 'breached').length).toBeGreaterThanOrEqual(3)
  expect(clocks.filter((clock) => clock.state === 'running').length).toBeGreaterThanOrEqual(4)
  expect(tickets.filter((ticket) => ticket.attention === 'delivery_failed').length).toBeGreaterThanOrEqual(2)
  expect(tickets.filter((ticket) => ticket.status === 'pending').length).toBeGreaterThanOrEqual(3)
  const { kpis } = await get<KpiReport>('/reports/kpis')
  const figure = (id: string) => kpis.find((kpi) => kpi.definition.id === id)
  expect(figure('first_reply_human')?.median).not.toBeNull()
  expect(figure('csat')?.share?.value).not.toBeNull()
  expect(figure('reopened')).toMatchObject({ n: 2, excluded: [{ reason: 'thanks', n: 1 }] })
})

test('money went back under the policy, and some waits for a word', async () => {
  const operations = await all<Operation>('/operations')
  const ended = (kind: Operation['kind'], state: Operation['state']) =>
    operations.filter((operation) => operation.kind === kind && operation.state === state).length
  expect(ended('refund', 'done')).toBe(12)
  expect(ended('refund', 'rejected')).toBe(1)
  expect(ended('subscription_cancellation', 'done')).toBe(4)
  expect(ended('balance_credit', 'done')).toBe(1)
  const approvals = await all<Approval>('/approvals?state=open')
  expect(approvals.map((approval) => approval.requiredRole).sort()).toEqual(['finance', 'lead'])
})

test('Stripe’s books say the same as the mirror, and have some of everything', async () => {
  const { emulatorsUrl } = await me()
  const { counts, wrong } = await booksAgree(emulatorsUrl, query)
  expect(wrong).toEqual([])
  expect(counts.charge).toBeGreaterThan(100)
  expect(counts.refund).toBeGreaterThanOrEqual(12)
  const states = async (kind: string, field = 'status') =>
    (
      await query(`select data ->> '${field}' as state, count(*)::int as n from mirror_objects
        where kind = '${kind}' group by 1 order by 1`)
    ).map(({ state }) => state)
  expect(await states('dispute')).toEqual(['lost', 'needs_response', 'won'])
  expect(await states('subscription')).toEqual(['active', 'canceled', 'past_due'])
  const prorated = await query(
    `select 1 from mirror_objects where kind = 'invoice' and data::text like '%"proration": true%'`,
  )
  expect(prorated.length).toBeGreaterThanOrEqual(4)
  const retried = await query(
    `select 1 from mirror_objects where kind = 'invoice' and data ->> 'status' = 'paid' and (data ->> 'attempt_count')::int > 1`,
  )
  expect(retried.length).toBeGreaterThanOrEqual(2)
})

test('no week of the reports is empty, and they are not all alike', async () => {
  const today = Temporal.Now.zonedDateTimeISO('UTC').toPlainDate()
  const weeks = await Promise.all(
    [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1].map(async (ago) => {
      const [from, to] = [today.subtract({ days: 7 * ago }), today.subtract({ days: 7 * ago - 7 })]
      const { kpis } = await get<KpiReport>(`/reports/kpis?from=${from}&to=${to}`)
      const figure = (id: string) => kpis.find((kpi) => kpi.definition.id === id)
      return { solved: figure('solved')?.n ?? 0, rated: figure('csat')?.n ?? 0, reply: figure('first_reply_human') }
    }),
  )
  expect(weeks.map(({ solved }) => solved).filter((solved) => solved < 3)).toEqual([])
  expect(new Set(weeks.map(({ solved }) => solved)).size).toBeGreaterThanOrEqual(4)
  expect(weeks.filter(({ rated }) => rated === 0)).toEqual([])
  expect(new Set(weeks.map(({ reply }) => reply?.median ?? 0)).size).toBeGreaterThanOrEqual(5)
})

test('time is right again and nothing is stuck', async () => {
  const { now, emulatorsUrl } = await me()
  expect(Math.abs(Temporal.Now.instant().since(now).total('seconds'))).toBeLessThan(30)
  const clock = (await (await fetch(`${emulatorsUrl}/control/clock`)).json()) as { offsetMs: number }
  expect(clock.offsetMs).toBe(0)
  // A job that is running now counts its attempt already.
  const stuck = await query(
    'select task_identifier, last_error from graphile_worker.jobs where attempts >= max_attempts and locked_at is null',
  )
  expect(stuck.map((job) => `${String(job.task_identifier)}: ${String(job.last_error)}`)).toEqual([])
  const keys = await query(`select created_at from api_keys where name = 'Demo story' and revoked_at is null`)
  expect(keys.map((row) => String(row.created_at))).toEqual([])
})

test('the sign-ins are kept by whoever owns the folder, told at every start, and work; a later start adds nothing', async () => {
  const file = join(folder.dataDir, 'demo-sign-ins.json')
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  const signIns = JSON.parse(await readFile(file, 'utf8')) as { email: string; password: string }[]
  expect(signIns).toHaveLength(5)
  const [before] = await query("select count(*)::int as n from events where type <> 'custody.recorded'")
  await desk.stop()
  desk = await startDemo()
  for (const { email, password } of signIns) expect(desk.said().stdout).toMatch(new RegExp(`${email} +${password}`))
  const { email, password } = signIns[0] ?? (undefined as never)
  const signedIn = await fetch(`${desk.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: desk.url },
    body: JSON.stringify({ email, password }),
  })
  expect(signedIn.status).toBe(200)
  await sleep(1000)
  expect((await me()).demo).toBeNull()
  const [after] = await query(
    `select count(*)::int as n from events where type not in ('custody.recorded', 'sign_in.succeeded')`,
  )
  expect(after?.n).toBeLessThanOrEqual(Number(before?.n) + 3)
  expect(await all<TicketRow>('/tickets?view=all')).toHaveLength(ticketsListed)
})

test('the product is connected, and what it grants came by webhook and from a file', async () => {
  const actions = await all<ProductAction>('/product-actions')
  expect(actions.map(({ definition }) => definition.name)).toContain('set_seats')
  const entitlements = await all<Entitlement>('/entitlements')
  const from = (source: string) => entitlements.filter((one) => one.source === source).length
  expect({ webhook: from('webhook'), csv: from('csv') }).toEqual({ webhook: 39, csv: 3 })
  const { items } = await get<{ items: { id: string }[] }>('/contacts?q=katrin.vogel')
  const { sentences } = await get<{ sentences: string[] }>(`/contacts/${items[0]?.id}/entitlement-check`)
  expect(sentences).toEqual(['Seats differ: 40 are paid at Stripe, the product gives 37.'])
})

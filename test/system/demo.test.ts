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
import { makeDataDir, startDeskProcess, type DeskProcess } from '#test/desk-process.ts'

const key = 'the-key-of-the-demo-test-which-is-long-enough'

let folder: Awaited<ReturnType<typeof makeDataDir>>
let desk: DeskProcess

beforeAll(async () => {
  folder = await makeDataDir()
  desk = await startDemo()
  // In the middle of the story the machine fails.
  await until(async () => ((await me()).demo?.done ?? 0) > 60)
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

test('a day of tickets is there, each mail of it once', async () => {
  const tickets = await all<TicketRow>('/tickets?view=all')
  expect(tickets).toHaveLength(39)
  expect(new Set(tickets.map((ticket) => ticket.subject)).size).toBe(39)
  expect(tickets.filter((ticket) => ticket.segment === 'enterprise')).toHaveLength(8)
  expect(tickets.some((ticket) => [...ticket.requester.name].length === 60)).toBe(true)
  const said = await query(
    `select ticket_id, kind, text from messages where kind <> 'auto' group by 1, 2, 3 having count(*) > 1`,
  )
  expect(said).toEqual([])
  const { counts } = await get<{ counts: Record<string, number> }>('/custody')
  expect(counts).toMatchObject({ ticketed: 39, appended: 6, noted: 2, parked: 1 })
})

test('mail that wants some care got it', async () => {
  const { items } = await get<{ items: TicketRow[] }>('/tickets?view=all&limit=100')
  const messages = async (subject: string) => {
    const ticket = items.find((item) => item.subject === subject)
    return (await get<{ items: Message[] }>(`/tickets/${ticket?.id}/messages?limit=100`)).items
  }
  const [card] = await messages('My new card is not taken')
  expect(card?.text).toContain('•••• 4242')
  expect(card?.text).not.toMatch(/4242 4242/)
  const merged = await messages('Export of my answers stops at 500')
  expect(merged.filter(({ kind }) => kind === 'inbound')).toHaveLength(2)
  expect(await messages('Export, once more')).toEqual([])
  const forwarded = items.find(({ subject }) => subject === 'Can I get my student discount back?')
  expect(forwarded?.requester.name).toBe('Lucas Moreau')
  expect((await messages('Where do I find my invoices?')).at(-1)?.flags).toContain('subject_changed')
})

test('some wait, some are late, some came back, some could not be delivered', async () => {
  const tickets = await all<TicketRow>('/tickets?view=all')
  const clocks = tickets.flatMap((ticket) => ticket.clocks)
  expect(clocks.filter((clock) => clock.state === 'breached').length).toBeGreaterThanOrEqual(3)
  expect(clocks.filter((clock) => clock.state === 'running').length).toBeGreaterThanOrEqual(4)
  expect(tickets.filter((ticket) => ticket.attention === 'delivery_failed')).toHaveLength(2)
  expect(tickets.filter((ticket) => ticket.status === 'pending').length).toBeGreaterThanOrEqual(3)
  const { kpis } = await get<KpiReport>('/reports/kpis')
  const figure = (id: string) => kpis.find((kpi) => kpi.definition.id === id)
  expect(figure('first_reply_human')?.median).not.toBeNull()
  expect(figure('csat')?.share?.value).not.toBeNull()
  expect(figure('reopened')).toMatchObject({ n: 1, excluded: [{ reason: 'thanks', n: 1 }] })
})

test('money went back under the policy, and some waits for a word', async () => {
  const operations = await all<Operation>('/operations')
  expect(operations.filter((operation) => operation.state === 'done')).toHaveLength(5)
  const approvals = await all<Approval>('/approvals?state=open')
  expect(approvals.map((approval) => approval.requiredRole).sort()).toEqual(['finance', 'lead'])
  const refunds = await query(`select count(*)::int as n from mirror_objects where kind = 'refund'`)
  expect(refunds).toEqual([{ n: 5 }])
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
  expect(await all<TicketRow>('/tickets?view=all')).toHaveLength(39)
})

test('the product is connected, and what it grants came by webhook and from a file', async () => {
  const actions = await all<ProductAction>('/product-actions')
  expect(actions.map(({ definition }) => definition.name)).toContain('set_seats')
  const entitlements = await all<Entitlement>('/entitlements')
  const from = (source: string) => entitlements.filter((one) => one.source === source).length
  expect({ webhook: from('webhook'), csv: from('csv') }).toEqual({ webhook: 20, csv: 3 })
  const { items } = await get<{ items: { id: string }[] }>('/contacts?q=katrin.vogel')
  const { sentences } = await get<{ sentences: string[] }>(`/contacts/${items[0]?.id}/entitlement-check`)
  expect(sentences).toEqual(['Seats differ: 40 are paid at Stripe, the product gives 37.'])
})

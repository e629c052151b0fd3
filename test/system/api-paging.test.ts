import { afterAll, beforeAll, expect, test } from 'vitest'
import { pathOf } from '#contract/endpoint.ts'
import { viewIds } from '#contract/inbox.ts'
import { mailboxesFor, receiveMail } from '#modules/inbox/index.ts'
import { goodRequest, nameOf } from '#test/bad-input/requests.ts'
import type { KnownIds } from '#test/bad-input/example.ts'
import { examplesFor, productAction, productOrder } from '#test/bad-input/examples.ts'
import { populate } from '#test/bad-input/populate.ts'
import { populateBilling, stripeWorld } from '#test/bad-input/populate-billing.ts'
import type { StripeWorld } from '#test/billing/stripe-world.ts'
import { firstAdmin, type Caller, type Json } from '#test/caller.ts'
import { declaredEndpoints } from '#test/declared-endpoints.ts'
import { webDesk, type WebDesk } from '#test/web-desk.ts'

const many = 23

let stripe: StripeWorld
let desk: WebDesk
let admin: Caller
let known: KnownIds
let made = 0

beforeAll(async () => {
  stripe = await stripeWorld()
  desk = await webDesk({ LOG_LEVEL: 'silent', STRIPE_API_BASE: stripe.base })
  admin = await firstAdmin(desk.url, desk.setupUrl)
  // Read with everything else of Stripe when the desk connects.
  for (let n = 0; n < many; n++) await stripe.stripe.customers.create({ name: `Customer ${n}` })
  const populated = await populate(desk, admin)
  known = await populateBilling(desk, stripe, admin, populated.colleague, populated.known)
  for (let count = 0; count < many; count++) await addOneOfEach()
  await moreRefunds(populated.colleague)
  await desk.drain()
}, 120_000)
afterAll(async () => {
  await desk?.close()
  await stripe?.close()
})

async function add(path: string, body: Json): Promise<Json> {
  const answer = await admin.send('POST', path, body)
  if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`)
  return answer.body
}

/** Time stands still, so that everything made is equally old and only ids tell it apart. */
async function addOneOfEach(): Promise<void> {
  const n = made++
  await add('/tickets', {
    subject: `Ticket ${n}`,
    requester: { email: `person-${n}@example.net`, name: `Person ${n}` },
    direction: 'inbound',
    message: { text: `Question ${n}` },
  })
  await add(`/tickets/${known.tkt}/messages`, { kind: 'note', text: `Note ${n}` })
  await add('/accounts', { name: `Account ${n}` })
  await add('/teams', { name: `Team ${n}` })
  await add('/agents', { name: `Agent ${n}`, email: `agent-${n}@example.com`, roles: ['agent'] })
  await add('/api-keys', { name: `Key ${n}`, role: 'viewer' })
  await add('/mailboxes', { address: `box-${n}@localhost` })
  await add('/product-actions', productAction(`action_${n}`))
  await addOrder({ ...productOrder(known), key: `ws_${n}` })
  const stated = { key: `ws_${n}`, kind: 'workspace', access: 'granted', occurredAt: '2026-11-02T09:00:00Z' }
  const { status, body } = await admin.send('PUT', '/entitlements', stated)
  if (status !== 200) throw new Error(JSON.stringify(body))
  const address = desk.config.supportAddress
  await receiveMail(desk.test.desk(), {
    raw: Buffer.from(
      `From: a@example.net\r\nTo: ${address}\r\nSubject: ${n}\r\nMessage-ID: <m${n}@example.net>\r\n\r\nHello`,
    ),
    mailboxes: await mailboxesFor(desk.test.desk(), [address]),
    envelope: { from: 'a@example.net', to: [address], ip: null, helo: null },
  })
}

async function addOrder(order: Json): Promise<void> {
  const { previewId } = await add('/product-operations/preview', order)
  await add('/product-operations', { previewId })
}

async function moreRefunds(asker: Caller): Promise<void> {
  for (let count = 0; count < 9; count++) {
    const shown = await asker.send('POST', '/refunds/preview', {
      charge: known.charge,
      cause: 'goodwill',
      ticketId: known.tkt,
      amount: 100 + count,
    })
    const asked = await asker.send('POST', '/refunds', { previewId: shown.body.previewId, amount: 100 + count })
    if (asked.status !== 201) throw new Error(JSON.stringify(asked.body))
  }
}

/** Everything a list gives out, a few at a time; `between` happens after each page. */
async function walk(path: string, limit: number, between?: (page: number) => Promise<void>): Promise<string[]> {
  const keys: string[] = []
  let cursor: string | null = null
  for (let page = 0; page < 500; page++) {
    const more: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const { status, body } = await admin.get(`${path}${path.includes('?') ? '&' : '?'}limit=${limit}${more}`)
    if (status !== 200) throw new Error(`${path}: ${JSON.stringify(body)}`)
    expect(body.items.length, path).toBeLessThanOrEqual(limit)
    keys.push(...body.items.map((item: Json) => item.id ?? `${item.ticketId} ${item.cycle} ${item.from}`))
    if (body.nextCursor === null) return keys
    expect(body.items.length, `${path} gave an empty page that is not the last`).toBeGreaterThan(0)
    cursor = body.nextCursor
    await between?.(page)
  }
  throw new Error(`${path} has no end`)
}

async function lists(): Promise<string[]> {
  const paged = (await declaredEndpoints()).filter(({ query }) => query && 'cursor' in (query as Json).shape)
  const plain = paged.map((endpoint) => {
    const { params, query } = goodRequest(endpoint, { ...known, customer: '' }, examplesFor(known))
    const asked = nameOf(endpoint) === 'GET /billing/customers' ? { q: 'Customer' } : query
    return `${pathOf(endpoint, params).slice('/api/v1'.length)}?${new URLSearchParams(asked)}`
  })
  return [
    ...plain,
    ...viewIds.map((view) => `/tickets?view=${view}`),
    `/tickets/${known.tkt}/messages?order=newest`,
    '/tickets?status=new',
    '/contacts?q=person',
    '/accounts?q=account',
    '/audit?type=ticket.created',
    '/custody/items?disposition=ticketed',
    `/custody/items?sourceId=${known.box}`,
    `/operations?ticketId=${known.tkt}`,
    '/approvals?state=open',
    '/reports/kpis/backlog/tickets?',
    '/reports/kpis/solved/tickets?',
  ]
}

test('page by page, a list is what it is in one piece', async () => {
  const sizes: Record<string, number> = {}
  for (const path of await lists()) {
    const whole = await walk(path, 100)
    sizes[path] = whole.length
    expect(new Set(whole).size, path).toBe(whole.length)
    for (const limit of [2, 9]) expect(await walk(path, limit), `${path} by ${limit}`).toEqual(whole)
  }
  const short = Object.entries(sizes).filter(([, size]) => size < 8)
  expect(short.map(([path]) => path).sort()).toEqual(shortLists())
}, 120_000)

/** Nothing is answered, solved, pending, deleted or the asker's own in this desk, and little was imported, run again or held back. */
function shortLists(): string[] {
  return [
    '/addresses/suppressed?',
    '/deleted-tickets?',
    '/imports?',
    `/custody/reruns/${known.rrn}/items?`,
    '/reports/kpis/first_reply_human/tickets?',
    '/reports/kpis/solved/tickets?',
    '/tickets?view=attention',
    '/tickets?view=mine',
    '/tickets?view=open',
    '/tickets?view=pending',
    '/tickets?view=solved',
  ].sort()
}

test('while rows come in, nothing that was there is missed or shown twice', async () => {
  const paths = await lists()
  for (const path of paths) {
    const before = await walk(path, 100)
    // Every page is followed by new rows, at the same instant and at a later one.
    const seen = await walk(path, 9, async (page) => {
      if (page > 1) return
      if (page === 1) desk.test.clock.advance({ milliseconds: 1 })
      await addOneOfEach()
    })
    expect(new Set(seen).size, `${path} showed something twice`).toBe(seen.length)
    const shown = new Set(seen)
    // A note touches its ticket, which then stands at the head of what is ordered by last change.
    const missed = before.filter((key) => !shown.has(key) && key !== known.tkt)
    expect(missed, `${path} missed`).toEqual([])
  }
}, 120_000)

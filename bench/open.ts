import type { Client } from 'pg'
import type { Contact } from '#contract/customers.ts'
import type { ContactBilling } from '#contract/billing.ts'
import type { Message } from '#contract/inbox.ts'
import { createOutside } from '../demo/outside/emulated.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import { startRunningDesk, until, type RunningDesk } from '#test/running-desk.ts'
import { signIn, type Session } from './browser-session.ts'
import { watchProcesses } from './process-figures.ts'
import { count, percentiles, round, say, type Bench } from './result.ts'
import { openDatabase, seedTickets } from './seed-tickets.ts'

type Opened = { ticketId: string; contactId: string }

/**
 * Opening a ticket with 100 messages as the agent app does: ticket, messages, events, draft, recipients and the facts pane
 * (contact, billing, operations, past tickets), asked for at once, until the last has answered. `--tickets` beside it
 * (100000), `--messages` in it (100), `--customers` with such a ticket (20), `--rounds` (20).
 */
export const openBench: Bench = async (options) => {
  const tickets = count(options, 'tickets', 100_000)
  const messages = count(options, 'messages', 100)
  const customers = count(options, 'customers', 20)
  const rounds = count(options, 'rounds', 20)
  const desk = await startRunningDesk({ MAINSTAY_CHECK_RESULTS: '0' })
  try {
    const session = await signIn(desk)
    const database = await openDatabase(desk.dataDir)
    say(`Seeding ${tickets} tickets.`)
    await seedTickets(database, { tickets, messagesEach: 5, agentUuid: uuidOf(session.agentId) })
    say(`Letting ${customers} customers with three charges each write.`)
    const opened = await payingCustomers(desk, session, database, customers)
    await addMessages(database, opened, messages - 1)
    for (const one of opened) await openTicket(session, one)
    await check(session, opened, messages)
    const figures = watchProcesses(desk.pid(), desk.dataDir)
    say('Opening tickets.')
    const began = performance.now()
    const durations: number[] = []
    const parts: number[][] = addresses(opened[0] as Opened).map(() => [])
    for (let turn = 0; turn < rounds; turn++)
      for (const one of opened) {
        const started = performance.now()
        const answers = await openTicket(session, one)
        durations.push(performance.now() - started)
        for (const [index, { ms }] of answers.entries()) parts[index]?.push(ms)
      }
    const seconds = (performance.now() - began) / 1000
    const cpu = figures.cpuMs()
    const peakMb = figures.peakMb()
    figures.stop()
    await database.end()
    session.close()
    return {
      name: 'open',
      sizes: { tickets, messagesInTicket: messages, customers },
      ops: durations.length,
      seconds: round(seconds),
      perSecond: round(durations.length / seconds),
      ms: percentiles(durations),
      peakMb,
      quality: {
        deskCpuMsPerOpening: round((cpu.desk ?? 0) / durations.length),
        databaseCpuMsPerOpening: round((cpu.database ?? 0) / durations.length),
        ...Object.fromEntries(names.map((name, index) => [`${name}P99`, percentiles(parts[index] ?? []).p99])),
      },
      checked: [
        `every opened ticket answered with its ${messages} messages`,
        'every contact was found with a linked billing customer, a subscription and at least three charges',
      ],
    }
  } finally {
    await desk.remove()
  }
}

const names = ['ticket', 'messages', 'events', 'draft', 'recipients', 'contact', 'billing', 'operations', 'pastTickets']

function addresses({ ticketId, contactId }: Opened): string[] {
  return [
    `/tickets/${ticketId}`,
    `/tickets/${ticketId}/messages?order=newest&limit=100`,
    `/tickets/${ticketId}/events?limit=100`,
    `/tickets/${ticketId}/draft`,
    `/tickets/${ticketId}/reply-defaults`,
    `/contacts/${contactId}`,
    `/contacts/${contactId}/billing`,
    `/operations?ticketId=${ticketId}`,
    `/tickets?requesterId=${contactId}&limit=20`,
  ]
}

function openTicket(session: Session, one: Opened) {
  return Promise.all(addresses(one).map((path) => session.get<unknown>(path)))
}

/** Customers of the emulated Stripe who have written to the desk, their billing confirmed by an agent. */
async function payingCustomers(desk: RunningDesk, session: Session, database: Client, n: number): Promise<Opened[]> {
  const outside = createOutside((await session.get<{ emulatorsUrl: string }>('/me')).body.emulatorsUrl)
  const product = await outside.stripe.products.create({ name: 'Plus' })
  const price = await outside.stripe.prices.create({
    product: product.id,
    currency: 'usd',
    unit_amount: 2000,
    recurring: { interval: 'month' },
  })
  const opened: Opened[] = []
  for (let index = 0; index < n; index++) {
    const email = `payer${index}@payers.test`
    const customer = await outside.stripe.customers.create({ name: `Payer ${index}`, email })
    const method = await outside.stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id })
    await outside.stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: method.id } })
    for (let bought = 0; bought < 3; bought++)
      await outside.stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] })
    await outside.send({
      from: email,
      to: 'support@localhost',
      subject: `Payer ${index} asks`,
      text: 'Why three times?',
    })
    const { rows } = await database.query<{ id: string; contact: string }>(
      `select t.id, t.requester_id as contact from tickets t join contacts c on c.id = t.requester_id where c.email = $1`,
      [email],
    )
    if (!rows[0]) throw new Error(`${email} has no ticket`)
    opened.push({ ticketId: idOf('tkt', rows[0].id), contactId: idOf('con', rows[0].contact) })
  }
  for (const { contactId } of opened) {
    const { proposals } = await until(async () => {
      const { body } = await session.get<ContactBilling>(`/contacts/${contactId}/billing`)
      return body.proposals.length > 0 && body
    }, `a proposed link of ${contactId}`)
    for (const { id } of proposals) await desk.api('POST', `/billing-links/${id}/confirm`)
  }
  return opened
}

/** A long correspondence, half of it ours with a delivery each. */
async function addMessages(database: Client, opened: readonly Opened[], n: number): Promise<void> {
  const uuids = opened.map(({ ticketId }) => uuidOf(ticketId))
  await database.query(
    `insert into messages (id, ticket_id, kind, channel, source_id, author_kind, author_name, text, html, parts, provider_id, created_at)
     select uuidv7(make_interval(secs => -10 * ($2 - n))), t.id, case when n % 2 = 0 then 'reply' else 'inbound' end, 'email', t.source_id,
       case when n % 2 = 0 then 'agent' else 'contact' end, 'Somebody',
       repeat('A sentence such as people write when something does not work as they expect it to. ', 12) || repeat('> quoted line' || chr(10), 20),
       '<p>' || repeat('A sentence such as people write when something does not work as they expect it to. ', 12) || '</p>',
       jsonb_build_array(jsonb_build_object('kind', 'reply', 'length', 996), jsonb_build_object('kind', 'quote', 'length', 280)),
       'open.' || n || '.' || t.number, clock_timestamp() - make_interval(secs => 10 * ($2 - n))
     from tickets t cross join generate_series(1, $2::int) n where t.id = any($1::uuid[])`,
    [uuids, n],
  )
  await database.query(
    `insert into deliveries (message_id, ticket_id, state, subject, created_at, at)
     select id, ticket_id, 'sent', 'Re: a question', created_at, created_at from messages
     where ticket_id = any($1::uuid[]) and kind = 'reply'`,
    [uuids],
  )
  await database.query('vacuum analyze')
}

async function check(session: Session, opened: readonly Opened[], messages: number): Promise<void> {
  for (const { ticketId, contactId } of opened) {
    const page = await session.get<{ items: Message[] }>(`/tickets/${ticketId}/messages?order=newest&limit=100`)
    const shown = Math.min(100, messages)
    if (page.body.items.length !== shown) throw new Error(`${ticketId} shows ${page.body.items.length} messages`)
    await session.get<Contact>(`/contacts/${contactId}`)
    await until(async () => {
      const { body } = await session.get<ContactBilling>(`/contacts/${contactId}/billing`)
      return body.customers.some(({ charges, subscriptions }) => charges.length >= 3 && subscriptions.length > 0)
    }, `the charges of ${contactId}`)
  }
}

import { setTimeout as sleep } from 'node:timers/promises'
import { createTransport } from 'nodemailer'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Message, Ticket } from '#contract/inbox.ts'
import type { CustodyItem } from '#contract/custody.ts'
import { end, patience, postmaster, randomFrom, underDeaths, whenReady } from '#test/deaths.ts'
import { startRunningDesk, until, type RunningDesk } from '#test/running-desk.ts'

const mails = 50
const seeds = [1, 2]

let desk: RunningDesk
beforeEach(async () => {
  desk = await startRunningDesk()
  const { body } = await desk.api<{ version: number }>('GET', '/settings')
  await desk.api('PATCH', '/settings', { version: body.version, undoSeconds: 0 })
}, 60_000)
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') console.log(desk.said().stderr.slice(-20_000))
  await desk.remove()
}, 60_000)

/** As a mail server does that heard no 250: again until it does. */
async function handOver(messageId: string): Promise<void> {
  await until(
    async () => {
      const transport = createTransport({
        host: '127.0.0.1',
        port: desk.smtpPort(),
        tls: { rejectUnauthorized: false },
        connectionTimeout: 5000,
        socketTimeout: 20_000,
      })
      const mail = { from: 'ann@acme.test', to: 'support@localhost', subject: messageId, text: 'Hello?', messageId }
      const { response } = await transport.sendMail({ ...mail, date: new Date(0) }).finally(() => transport.close())
      return response.startsWith('250')
    },
    `${messageId} to be taken`,
    patience,
  )
}

type Reply = { ticketId: string; message: Message }

async function answer(messageId: string): Promise<void> {
  const ticketId = await until(
    async () => (await ticketed(messageId))[0]?.ticketId ?? undefined,
    'the ticket',
    patience,
  )
  await until(
    async () => {
      const path = `/tickets/${ticketId}/messages`
      const body = { kind: 'reply', text: `Answer to ${messageId}` }
      const { status } = await desk.api('POST', path, body, { 'idempotency-key': messageId })
      // 409: it was written and its answer was lost with the process.
      return status === 201 || status === 409
    },
    `the reply to ${messageId}`,
    patience,
  )
}

async function items(messageId: string): Promise<CustodyItem[]> {
  const path = `/custody/items?messageId=${encodeURIComponent(messageId)}`
  const { status, body } = await desk.api<{ items: CustodyItem[] }>('GET', path)
  if (status !== 200) throw new Error(`custody answered ${status}`)
  return body.items
}

const ticketed = async (messageId: string) =>
  (await items(messageId)).filter(({ disposition }) => disposition === 'ticketed')

async function settledReply(messageId: string): Promise<Reply> {
  return until(
    async () => {
      const [item] = await ticketed(messageId)
      const { body } = await desk.api<{ items: Message[] }>('GET', `/tickets/${item?.ticketId}/messages`)
      const replies = body.items.filter(({ kind }) => kind === 'reply')
      expect(replies).toHaveLength(1)
      const [message] = replies
      const isSettled = message?.delivery?.state === 'sent' || message?.delivery?.state === 'unknown'
      return isSettled && item?.ticketId && message ? { ticketId: item.ticketId, message } : undefined
    },
    `the delivery of the reply to ${messageId}`,
    patience,
  )
}

async function checkAll(messageIds: readonly string[]): Promise<{ unknown: number; twice: number }> {
  let unknown = 0
  let twice = 0
  for (const messageId of messageIds) {
    const all = await items(messageId)
    expect(all.filter(({ disposition }) => disposition === 'ticketed')).toHaveLength(1)
    expect(all.every(({ disposition }) => disposition === 'ticketed' || disposition === 'duplicate')).toBe(true)
    twice += all.length - 1
    const { ticketId, message } = await settledReply(messageId)
    const query = new URLSearchParams({ messageId: message.providerId ?? '' })
    const { count } = (await desk.world<{ count: number }>('GET', `/mail/received?${query}`)).body
    const { attention, clocks } = (await desk.api<Ticket>('GET', `/tickets/${ticketId}`)).body
    expect(clocks).toHaveLength(1)
    if (message.delivery?.state === 'sent')
      expect({ messageId, count, attention }).toEqual({ messageId, count: 1, attention: null })
    else {
      unknown++
      expect(count).toBeLessThanOrEqual(1)
      expect(attention).toBe('delivery_unknown')
    }
  }
  const { counts } = (await desk.api<{ counts: Record<string, number> }>('GET', '/custody')).body
  expect(counts).toMatchObject({ ticketed: messageIds.length, duplicate: twice, parked: 0, suppressed: 0 })
  return { unknown, twice }
}

/** Four senders at once; when one gives up, none goes on into the next test. */
async function sendAll(messageIds: readonly string[], pause: () => Promise<void>): Promise<void> {
  const waiting = [...messageIds]
  const sender = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      await handOver(next)
      await answer(next)
      await pause()
    }
  }
  const ended = await Promise.allSettled([sender(), sender(), sender(), sender()])
  for (const end of ended) if (end.status === 'rejected') throw end.reason
}

test.each(seeds)(
  'mails and replies under random deaths of desk and database, seed %i: none lost, none twice, unknowns named',
  async (seed) => {
    const random = randomFrom(seed)
    const messageIds = Array.from({ length: mails }, (_, n) => `<chaos.${seed}.${n}@acme.test>`)
    // Slow enough that several deaths fall among them.
    await underDeaths(desk, random, 1000, () => sendAll(messageIds, () => sleep(random() * 800)))
    await checkAll(messageIds)
  },
  1_200_000,
)

test('the database restarted under load: the sender hears 451 and comes again, nothing else is needed', async () => {
  const messageIds = Array.from({ length: mails }, (_, n) => `<restart.${n}@acme.test>`)
  const pid = desk.pid()
  const senders = sendAll(messageIds, async () => {})
  for (let n = 0; n < 3; n++) {
    await sleep(1500)
    const first = await postmaster(desk)
    if (first) end(first, 'SIGINT')
  }
  await senders
  await whenReady(desk)
  await checkAll(messageIds)
  expect(desk.pid()).toBe(pid)
}, 1_200_000)

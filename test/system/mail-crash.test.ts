import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Message, Ticket } from '#contract/inbox.ts'
import type { CustodyItem } from '#contract/custody.ts'
import { failpoints } from '#platform/failpoints.ts'
import { startRunningDesk, until, type RunningDesk } from '#test/running-desk.ts'

/** One desk that dies at each place in turn; what it had before must be there after every death. */
let desk: RunningDesk
beforeAll(async () => {
  desk = await startRunningDesk()
  const { body } = await desk.api<{ version: number }>('GET', '/settings')
  await desk.api('PATCH', '/settings', { version: body.version, undoSeconds: 0 })
})
afterAll(() => desk.remove())

const names = (prefix: string) => Object.keys(failpoints).filter((name) => name.startsWith(prefix))

/** As a mail server does: the answer, or that there was none. */
async function hand(messageId: string): Promise<string> {
  const transport = createTransport({ host: '127.0.0.1', port: desk.smtpPort(), tls: { rejectUnauthorized: false } })
  const from = 'ann@acme.test'
  return transport
    .sendMail({ from, to: 'support@localhost', subject: messageId, text: 'Hello?', messageId, date: new Date(0) })
    .then(
      ({ response }) => response,
      (error: Error) => `no answer: ${error.message}`,
    )
    .finally(() => transport.close())
}

const items = async (messageId: string) =>
  (await desk.api<{ items: CustodyItem[] }>('GET', `/custody/items?messageId=${encodeURIComponent(messageId)}`)).body
    .items

async function restartWith(failpoint?: string): Promise<void> {
  await desk.stop()
  await desk.start(failpoint ? { MAINSTAY_FAILPOINT: failpoint } : {})
}

test.each(names('ingest.'))(
  'killed at %s, a mail is neither lost nor there twice',
  async (failpoint) => {
    await restartWith(failpoint)
    const messageId = `<${failpoint}@acme.test>`
    expect(await hand(messageId)).toMatch(/^no answer/)
    await desk.ended()
    await desk.start()
    const before = await items(messageId)
    // The sender never heard 250, so it comes again.
    expect(await hand(messageId)).toMatch(/^250 /)
    const after = await items(messageId)
    expect(after.filter(({ disposition }) => disposition === 'ticketed')).toHaveLength(1)
    expect(after).toHaveLength(before.length + 1)
    const { ticketId } = after.find(({ disposition }) => disposition === 'ticketed') ?? {}
    const ticket = await desk.api<Ticket>('GET', `/tickets/${ticketId}`)
    expect(ticket.body.clocks).toMatchObject([{ target: 'first_reply', state: 'running' }])
    // What follows a receipt is done too, also for the mail whose process died.
    await until(async () => {
      const { body } = await desk.api<{ items: Message[] }>('GET', `/tickets/${ticketId}/messages`)
      return body.items[0]?.auth
    }, 'the sender to be authenticated')
  },
  60_000,
)

test.each(names('outbox.'))(
  'killed at %s, a reply goes out at most once and what nobody knows is named',
  async (failpoint) => {
    const messageId = `<${failpoint}@acme.test>`
    await restartWith(failpoint)
    expect(await hand(messageId)).toMatch(/^250 /)
    const { ticketId } = (await items(messageId))[0] ?? {}
    const path = `/tickets/${ticketId}/messages`
    const reply = await desk.api<Message>('POST', path, { kind: 'reply', text: 'We look into it.', status: 'pending' })
    expect(reply.status).toBe(201)
    await desk.ended()
    await desk.start()
    const settled = await until(async () => {
      const { body } = await desk.api<{ items: Message[] }>('GET', path)
      const found = body.items.find(({ id }) => id === reply.body.id)
      return found && ['sent', 'unknown'].includes(found.delivery?.state ?? '') && { found, all: body.items }
    }, 'the delivery to be settled')
    const isBeforeCommit = ['outbox.before_connect', 'outbox.before_handing_over'].includes(failpoint)
    expect(settled.found.delivery?.state).toBe(isBeforeCommit ? 'sent' : 'unknown')
    const received = async () => {
      const query = new URLSearchParams({ messageId: reply.body.providerId ?? '' })
      return (await desk.world<{ count: number }>('GET', `/mail/received?${query}`)).body.count
    }
    const ticket = async () => (await desk.api<Ticket>('GET', `/tickets/${ticketId}`)).body
    if (isBeforeCommit) {
      expect(await received()).toBe(1)
      expect(await ticket()).toMatchObject({ attention: null, status: 'pending' })
      return
    }
    const before = await received()
    expect(before).toBeLessThanOrEqual(failpoint === 'outbox.before_dot' ? 0 : 1)
    expect(await ticket()).toMatchObject({ attention: 'delivery_unknown' })
    expect(settled.all.filter(({ kind }) => kind === 'note')).toHaveLength(1)
    expect((await desk.api('POST', `/messages/${reply.body.id}/resend`)).status).toBe(200)
    await until(async () => (await received()) === before + 1, 'the reply that was sent again')
    await until(async () => (await ticket()).attention === null, 'the attention to be settled')
  },
  60_000,
)

import { createTransport } from 'nodemailer'
import { generate } from 'selfsigned'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createLog } from '#platform/log.ts'
import { startSmtpListener, type IncomingMail } from './smtp-listener.ts'

const taken: IncomingMail[] = []
let take: (mail: IncomingMail) => Promise<void>
let listener: Awaited<ReturnType<typeof startSmtpListener>>

beforeAll(async () => {
  const made = await generate([{ name: 'commonName', value: 'desk.test' }], { keySize: 2048 })
  listener = await startSmtpListener({
    host: '127.0.0.1',
    port: 0,
    tls: { key: made.private, cert: made.cert },
    maxBytes: 20_000,
    log: createLog('silent'),
    accepts: async (address) => {
      if (address.startsWith('broken@')) throw new Error('the database is away')
      return address === 'support@desk.test'
    },
    receive: (mail) => take(mail),
  })
})
afterAll(() => listener.stop())
beforeEach(() => {
  taken.length = 0
  take = async (mail) => void taken.push(mail)
})

type Options = { tls?: boolean; text?: string; from?: string }

function send(to: string | string[], { tls = false, text = 'Hello?', from = 'ann@customer.test' }: Options = {}) {
  const transport = createTransport({
    host: '127.0.0.1',
    port: listener.port,
    ignoreTLS: !tls,
    requireTLS: tls,
    tls: { rejectUnauthorized: false },
    name: 'mx.customer.test',
  })
  return transport
    .sendMail({ from, to, envelope: { from, to }, subject: 'Help', text, messageId: '<one@customer.test>' })
    .then(
      ({ response }) => response,
      (error: { response?: string; message: string }) => error.response ?? error.message,
    )
    .finally(() => transport.close())
}

test('a mail is taken with its bytes and envelope, in the clear and by STARTTLS', async () => {
  expect(await send('support@desk.test')).toMatch(/^250 /)
  expect(await send('support@desk.test', { tls: true })).toMatch(/^250 /)
  expect(taken).toHaveLength(2)
  expect(taken[0]?.raw.toString()).toContain('Message-ID: <one@customer.test>')
  expect(taken[0]?.envelope).toEqual({
    from: 'ann@customer.test',
    to: ['support@desk.test'],
    ip: '127.0.0.1',
    helo: 'mx.customer.test',
  })
})

test('250 is said only when the mail is taken, and 451 when it could not be', async () => {
  let commit: (() => void) | undefined
  take = () => new Promise((resolve) => (commit = resolve))
  let answer: string | undefined
  const sent = send('support@desk.test').then((line) => (answer = line))
  await expect.poll(() => commit).toBeTypeOf('function')
  expect(answer).toBeUndefined()
  commit?.()
  expect(await sent).toMatch(/^250 /)

  take = () => Promise.reject(new Error('the transaction failed'))
  expect(await send('support@desk.test')).toMatch(/^451 /)
})

test('an address that is not ours is refused with 550, one that cannot be looked up with 451', async () => {
  expect(await send('nobody@desk.test')).toMatch(/^550 /)
  expect(await send('broken@desk.test')).toMatch(/^451 /)
  expect(await send(['support@desk.test', 'nobody@desk.test'])).toMatch(/^250 /)
  expect(taken.map(({ envelope }) => envelope.to)).toEqual([['support@desk.test']])
})

test('too large a mail is refused with 552, whether or not it says its size', async () => {
  expect(await send('support@desk.test', { text: 'x'.repeat(30_000) })).toMatch(/^552 /)
  expect(await conversation(`MAIL FROM:<a@b.test> SIZE=30000`)).toMatch(/^552 /)
  expect(await conversation('EHLO again.test')).toContain('SIZE 20000')
  expect(taken).toEqual([])
})

/** The last answer to one line after the greeting. */
async function conversation(line: string): Promise<string> {
  const { connect } = await import('node:net')
  const socket = connect({ port: listener.port, host: '127.0.0.1' })
  const read = () => new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString())))
  await read()
  socket.write('EHLO mx.customer.test\r\n')
  await read()
  socket.write(`${line}\r\n`)
  const answer = await read()
  socket.destroy()
  return answer
}

import { afterEach, expect, test } from 'vitest'
import { createSmtpPool, type SmtpPool } from './smtp/pool.ts'
import { startFakeServer, type FakeServer } from './smtp/server.fixture.ts'
import type { SmtpTarget } from './smtp/target.ts'
import { transmit } from './transmit.ts'

const stops: (() => unknown)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop()
})

async function world(
  behaviour: Parameters<typeof startFakeServer>[0] = {},
  limits?: Parameters<typeof createSmtpPool>[0],
) {
  const server: FakeServer = await startFakeServer(behaviour)
  const pool: SmtpPool = createSmtpPool(limits)
  stops.push(server.stop, pool.close)
  const target: SmtpTarget = { host: '127.0.0.1', port: server.port, secure: false, answerTimeoutMs: 2000 }
  const hooks = { beforeDot: async () => {}, afterDot: () => {} }
  const send = (to = 'ann@acme.test', more: Partial<SmtpTarget> = {}, own: Partial<typeof hooks> = {}) =>
    transmit(
      pool,
      { ...target, ...more },
      Buffer.from(`Subject: ${to}\r\n\r\nHello\r\n`),
      { from: 'desk@test', to: [to] },
      { ...hooks, ...own },
    )
  return { server, send }
}

test('mails one after the other share a connection, up to its limit', async () => {
  const { server, send } = await world({}, { connections: 4, mailsPerConnection: 3, idleMs: 10_000 })
  for (let mail = 0; mail < 7; mail++)
    expect(await send()).toMatchObject({ outcome: 'sent', response: expect.stringContaining('Taken') })
  expect(server.taken).toHaveLength(7)
  expect(server.counts.connections).toBe(3)
})

test('no more connections are open at once than allowed, and every mail still goes out', async () => {
  const { server, send } = await world({}, { connections: 2, mailsPerConnection: 100, idleMs: 10_000 })
  const all = await Promise.all(Array.from({ length: 12 }, () => send()))
  expect(all.every(({ outcome }) => outcome === 'sent')).toBe(true)
  expect(server.taken).toHaveLength(12)
  expect(server.counts).toEqual({ connections: 2, atOnce: 2 })
})

test('a connection that died while nobody used it is replaced, not blamed on the mail', async () => {
  const { server, send } = await world()
  expect(await send()).toMatchObject({ outcome: 'sent' })
  server.cut()
  expect(await send()).toMatchObject({ outcome: 'sent' })
  expect(server.counts.connections).toBe(2)
})

test('a connection whose mail was refused or interrupted is not used again', async () => {
  const { server, send } = await world({
    take(to) {
      if (to.startsWith('spam@')) throw Object.assign(new Error('5.7.1 Refused'), { responseCode: 554 })
    },
  })
  expect(await send('spam@acme.test')).toEqual({ outcome: 'failed', reason: '554 5.7.1 Refused' })
  const lost = await send('ann@acme.test', {}, { beforeDot: () => Promise.reject(new Error('another attempt has it')) })
  expect(lost).toMatchObject({ outcome: 'retry', reason: 'another attempt has it' })
  expect(await send()).toMatchObject({ outcome: 'sent' })
  expect(server.taken.map(({ to }) => to)).toEqual([['ann@acme.test']])
  expect(server.counts.connections).toBe(3)
})

test('a refusal of the recipient names them, one of the mail does not', async () => {
  const { send } = await world()
  expect(await send('nobody@acme.test')).toMatchObject({
    outcome: 'failed',
    refused: [{ address: 'nobody@acme.test', reason: '550 5.1.1 No such user', later: false }],
  })
})

test('cut off after the dot, the outcome is unknown and the next mail has a connection of its own', async () => {
  let cutOff = true
  const { server, send } = await world({
    take: () => (cutOff ? new Promise<void>(() => server.cut()) : undefined),
  })
  expect(await send()).toMatchObject({ outcome: 'unknown' })
  cutOff = false
  expect(await send()).toMatchObject({ outcome: 'sent' })
  expect(server.taken).toHaveLength(1)
})

test.each([
  { policy: 'opportunistic', tls: false, outcome: 'sent', words: 'Taken' },
  { policy: 'opportunistic', tls: true, outcome: 'sent', words: 'Taken' },
  {
    policy: 'required',
    tls: false,
    outcome: 'retry',
    words: 'offers no encryption (STARTTLS), and this sender insists',
  },
  { policy: 'required', tls: true, outcome: 'sent', words: 'Taken' },
  {
    policy: 'verified',
    tls: false,
    outcome: 'retry',
    words: 'offers no encryption (STARTTLS), and this sender insists',
  },
  { policy: 'verified', tls: true, outcome: 'retry', words: 'certificate of 127.0.0.1 could not be verified' },
] as const)('TLS $policy against a server with TLS $tls: $outcome', async ({ policy, tls, outcome, words }) => {
  const { server, send } = await world({ tls })
  const result = await send('ann@acme.test', { tls: policy })
  expect(result.outcome).toBe(outcome)
  expect('reason' in result ? result.reason : result.outcome === 'sent' && result.response).toContain(words)
  expect(server.taken).toHaveLength(outcome === 'sent' ? 1 : 0)
})

test('a wrong password is the desk’s trouble: the letter waits, with plain words', async () => {
  const { send } = await world({ user: { user: 'desk', pass: 'right' } })
  const wrong = await send('ann@acme.test', { auth: { user: 'desk', pass: 'wrong' } })
  expect(wrong).toMatchObject({
    outcome: 'retry',
    answeredBy: 'nobody',
    reason: expect.stringContaining('refuses the user name or password'),
  })
  expect(await send('ann@acme.test', { auth: { user: 'desk', pass: 'right' } })).toMatchObject({ outcome: 'sent' })
})

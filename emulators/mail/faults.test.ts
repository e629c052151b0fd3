import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startMailWorld } from './fake-desk.fixture.ts'
import type { NewMailFault } from './faults.ts'
import type { ParsedMail } from './parsed-mail.ts'

let world: Awaited<ReturnType<typeof startMailWorld>>
beforeAll(async () => {
  world = await startMailWorld()
})
afterAll(() => world.stop())
beforeEach(async () => {
  await world.call('DELETE', '/faults')
  await world.call('DELETE', '/mailboxes')
  world.desk.arrived.length = 0
})

const plant = (fault: NewMailFault) => world.call('POST', '/faults', fault)
const received = async (messageId: string) => {
  const query = new URLSearchParams({ messageId })
  return (await world.call<{ count: number; items: { outcome: { kind: string } }[] }>('GET', `/received?${query}`)).body
}

test('without a fault any recipient is accepted and the message kept', async () => {
  expect(await world.deliver({ to: 'ann@acme.test', messageId: '<m1@desk.test>' })).toMatch(/^250 /)
  expect(await received('<m1@desk.test>')).toMatchObject({ count: 1, items: [{ outcome: { kind: 'accepted' } }] })
  expect((await received('m1@desk.test')).count).toBe(1)
})

test('a refused recipient gets 550 and only that recipient', async () => {
  await plant({ kind: 'refuse_recipient', match: { recipient: 'gone@acme.test' } })
  expect(await world.deliver({ to: 'gone@acme.test' })).toContain('550')
  expect(await world.deliver({ to: 'ann@acme.test' })).toMatch(/^250 /)
})

test('a fault may be meant for a whole domain', async () => {
  await plant({ kind: 'refuse_recipient', match: { recipient: '@Acme.test' } })
  expect(await world.deliver({ to: 'anyone@acme.test' })).toContain('550')
  expect(await world.deliver({ to: 'anyone@notacme.test' })).toMatch(/^250 /)
})

test('greylisting answers 451 for its tries, then accepts', async () => {
  await plant({ kind: 'greylist', times: 2 })
  expect(await world.deliver({ to: 'ann@acme.test', messageId: '<grey@desk.test>' })).toContain('451')
  expect(await world.deliver({ to: 'ann@acme.test', messageId: '<grey@desk.test>' })).toContain('451')
  expect(await world.deliver({ to: 'ann@acme.test', messageId: '<grey@desk.test>' })).toMatch(/^250 /)
  expect((await received('<grey@desk.test>')).count).toBe(1)
  expect((await world.call<{ items: unknown[] }>('GET', '/faults')).body.items).toEqual([])
})

test('a refused connection ends before any greeting', async () => {
  await plant({ kind: 'refuse_connection', times: 1 })
  expect(await world.deliver({ to: 'ann@acme.test' })).not.toMatch(/^250 /)
  expect(await world.deliver({ to: 'ann@acme.test' })).toMatch(/^250 /)
})

test('a hang before the dot receives nothing', async () => {
  await plant({ kind: 'hang_before_dot', times: 1 })
  expect(await world.deliver({ to: 'ann@acme.test', messageId: '<before@desk.test>' }, 300)).not.toMatch(/^250 /)
  expect((await received('<before@desk.test>')).count).toBe(0)
})

test('a hang after the dot has received the message though the sender never hears of it', async () => {
  await plant({ kind: 'hang_after_dot', times: 1 })
  expect(await world.deliver({ to: 'ann@acme.test', messageId: '<after@desk.test>' }, 300)).not.toMatch(/^250 /)
  expect(await received('<after@desk.test>')).toMatchObject({ count: 1, items: [{ outcome: { kind: 'unanswered' } }] })
})

test('a connection cut after the dot has received the message', async () => {
  await plant({ kind: 'drop_after_dot', times: 1 })
  expect(await world.deliver({ to: 'ann@acme.test', messageId: '<cut@desk.test>' })).not.toMatch(/^250 /)
  expect(await received('<cut@desk.test>')).toMatchObject({ count: 1, items: [{ outcome: { kind: 'unanswered' } }] })
})

test('a refused message is answered with 554 and not kept', async () => {
  await plant({ kind: 'refuse_message', times: 1 })
  expect(await world.deliver({ to: 'ann@acme.test', messageId: '<spam@desk.test>' })).toContain('554')
  expect((await received('<spam@desk.test>')).count).toBe(0)
})

test('a slow server keeps the sender waiting for the answer it gives in the end', async () => {
  await plant({ kind: 'slow', times: 2, delayMs: 1200 })
  expect(await world.deliver({ to: 'ann@acme.test', messageId: '<slow@desk.test>' }, 500)).not.toMatch(/^250 /)
  expect(await world.deliver({ to: 'ann@acme.test', messageId: '<slow@desk.test>' })).toMatch(/^250 /)
  expect((await received('<slow@desk.test>')).count).toBe(2)
})

test('a bounce is accepted first and comes back to the desk from nobody', async () => {
  await plant({ kind: 'bounce', times: 1 })
  expect(await world.deliver({ to: 'gone@acme.test', messageId: '<b1@desk.test>' })).toMatch(/^250 /)
  await expect.poll(() => world.desk.arrived.length).toBe(1)
  const [bounce] = world.desk.arrived
  expect(bounce).toMatchObject({ from: '', to: ['support@desk.test'] })
  expect(bounce?.raw).toContain('report-type=delivery-status')
  expect(bounce?.raw).toContain('Final-Recipient: rfc822; gone@acme.test')
  expect(bounce?.raw).toMatch(/^Message-ID: <b1@desk\.test>$/im)
  expect((await received('<b1@desk.test>')).items).toMatchObject([{ outcome: { kind: 'bounced' } }])
})

test('a notification from nobody is never bounced back', async () => {
  await plant({ kind: 'bounce' })
  await world.deliver({ to: 'gone@acme.test', from: '<>' })
  await world.call('DELETE', '/faults')
  await world.call('POST', '/send', { from: 'ann@acme.test', to: 'support@desk.test', text: 'after' })
  expect(world.desk.arrived.map(({ from }) => from)).toEqual(['ann@acme.test'])
})

test('faults are listed, removed one by one, and wrong ones refused with the field named', async () => {
  const { body: fault } = await plant({ kind: 'slow' })
  expect((await world.call<{ items: unknown[] }>('GET', '/faults')).body.items).toEqual([fault])
  const { id } = fault as { id: string }
  expect((await world.call('DELETE', `/faults/${id}`)).status).toBe(200)
  expect((await world.call('DELETE', `/faults/${id}`)).status).toBe(404)
  const wrong = await world.call<{ error: { code: string; message: string } }>('POST', '/faults', { kind: 'explode' })
  expect(wrong.status).toBe(400)
  expect(wrong.body.error).toMatchObject({ code: 'invalid', message: expect.stringContaining('kind') })
})

test('a message kept for two people is one message in two mailboxes', async () => {
  await world.deliver({ to: 'ann@acme.test, kai@acme.test', messageId: '<two@desk.test>' })
  expect((await received('<two@desk.test>')).count).toBe(1)
  for (const address of ['ann@acme.test', 'KAI@acme.test']) {
    const { body } = await world.call<{ items: ParsedMail[] }>('GET', `/mailboxes/${address}/messages`)
    expect(body.items.map(({ messageId }) => messageId)).toEqual(['<two@desk.test>'])
  }
})

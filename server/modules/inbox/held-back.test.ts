import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuidOf } from '#platform/ids.ts'
import { createBounceWorld, type BounceWorld } from '#test/bounce-world.ts'
import { bounceOf, complaintOf } from '#test/returned-mail.ts'
import { serveTestWorld } from '#test/served.ts'
import { sendAutomaticMail } from './actions/send-automatic-mail.ts'
import { liftSuppression, suppressAddress } from './actions/suppress-address.ts'
import { writeMessage } from './actions/write-message.ts'
import { sendNotice } from './index.ts'
import { jobs } from './jobs.ts'
import { mountInbox } from './mount.ts'
import { addressStates } from './store/mail-addresses.ts'
import { lockTicket } from './store/tickets.ts'
import { unsubscribeUrl } from './unsubscribe/url.ts'
import { listSuppressed } from './views/address-facts.ts'
import { readMessage } from './views/list-messages.ts'

let t: BounceWorld
beforeAll(async () => {
  t = await createBounceWorld()
})
afterAll(() => t?.close())

test('a complaint suppresses the address and leaves the mail delivered', async () => {
  const ann = t.fresh('ann')
  const { messageId, providerId } = await t.replied(ann)
  await t.arrive(complaintOf(providerId, ann, 'not-spam'))
  expect(await t.stateOf(ann)).toBeUndefined()
  await t.arrive(complaintOf(providerId, ann))
  expect(await t.stateOf(ann)).toBe('complained')
  expect((await readMessage(t.mia, messageId)).delivery?.state).toBe('sent')
})

test('automatic mail to an address that is gone is held back, and a person is asked first', async () => {
  const ann = t.fresh('ann')
  const { ticketId, providerId } = await t.replied(ann)
  await t.arrive(bounceOf(providerId, [{ to: ann }]))
  await expect(
    sendNotice(t.desk(), { ticketId, to: ann, subject: 'Code', text: '••••••', secret: '1' }),
  ).rejects.toMatchObject({ code: 'conflict' })
  const again = { kind: 'reply' as const, text: 'Hello again.', to: [{ email: ann }] }
  await expect(writeMessage(t.mia, ticketId, again)).rejects.toMatchObject({
    code: 'conflict',
    details: { suppressed: [{ email: ann, state: 'hard' }] },
  })
  const messageId = await writeMessage(t.mia, ticketId, { ...again, sendAnyway: true })
  const { rows } = await t.world.pool.query(
    `select data from events where type = 'message.sent_anyway' and ticket_id = $1`,
    [uuidOf(ticketId)],
  )
  expect(rows).toEqual([{ data: { messageId, recipients: 1 } }])
})

test('a person proven to write from an address makes it work again; a machine there and a forged mail do not', async () => {
  const ann = t.fresh('ann')
  const { providerId } = await t.replied(ann)
  await t.arrive(bounceOf(providerId, [{ to: ann }]))
  t.clock.advance({ minutes: 1 })
  for (const dmarc of ['none', 'fail', 'unknown'] as const) {
    t.prove({ dmarc })
    await t.arrive({ from: ann, subject: `Forged ${dmarc}` })
    await t.drain(jobs)
    expect(await t.stateOf(ann)).toBe('hard')
  }
  t.prove({ dkim: 'pass', aligned: true })
  await t.arrive({ from: ann, subject: 'Automatic reply: Help', headers: ['Auto-Submitted: auto-replied'] })
  await t.drain(jobs)
  expect(await t.stateOf(ann)).toBe('hard')
  t.clock.advance({ minutes: 1 })
  await t.arrive({ from: ann, subject: 'Still here' })
  await t.drain(jobs)
  expect(await t.stateOf(ann)).toBe('ok')
  t.prove({})
})

test('an agent holds mail back from an address and lifts that; the list shows what is held back', async () => {
  const [wrong, unwanted] = [t.fresh('wrong'), t.fresh('unwanted')]
  await suppressAddress(t.mia, { email: wrong, why: 'wrong' })
  await suppressAddress(t.mia, { email: unwanted, why: 'unwanted' })
  await expect(suppressAddress(t.mia, { email: 'support@desk.test', why: 'wrong' })).rejects.toMatchObject({
    code: 'invalid_request',
  })
  const ticketId = await t.filed({ from: unwanted })
  await expect(
    writeMessage(t.mia, ticketId, { kind: 'reply', text: 'Hi', to: [{ email: wrong }] }),
  ).rejects.toMatchObject({ code: 'conflict' })
  // A person may answer whoever only wants no automatic mail.
  await writeMessage(t.mia, ticketId, { kind: 'reply', text: 'Hi', to: [{ email: unwanted }] })
  const listed = async (email: string) => (await listSuppressed(t.mia, { email })).items
  expect(await listed(wrong)).toMatchObject([{ state: 'hard', reason: 'by_hand', ticketId: null }])
  expect((await listed(unwanted))[0]?.unsubscribedAt).not.toBeNull()
  for (const email of [wrong, unwanted]) await liftSuppression(t.mia, email)
  expect([await listed(wrong), await listed(unwanted)]).toEqual([[], []])
})

test('the list goes on where a page ended', async () => {
  for (const name of ['one', 'two', 'three']) await suppressAddress(t.mia, { email: t.fresh(name), why: 'wrong' })
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await listSuppressed(t.mia, { limit: 2, ...(cursor ? { cursor } : {}) })
    seen.push(...page.items.map(({ email }) => email))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  expect(seen.length).toBeGreaterThan(2)
  expect(new Set(seen).size).toBe(seen.length)
  await expect(listSuppressed(t.mia, { cursor: 'bm8' })).rejects.toMatchObject({ code: 'invalid_request' })
})

test('one click unsubscribes the address of the signed link, and only that one', async () => {
  const served = await serveTestWorld(t, [], [mountInbox])
  const ann = t.fresh('ann')
  const path = unsubscribeUrl(t.desk(), ann).slice(t.world.publicUrl.length)
  const oneClick = [['List-Unsubscribe', 'One-Click']]
  const asMultipart = new FormData()
  for (const [name = '', value = ''] of oneClick) asMultipart.append(name, value)
  const click = (to: string, body: FormData | URLSearchParams = new URLSearchParams(oneClick)) =>
    fetch(`${served.url}${to}`, { method: 'POST', body })
  const page = await fetch(`${served.url}${path}`)
  expect(page.status).toBe(200)
  expect(await page.text()).toMatch(/<main><p class="company">[^<]+<\/p><h1>No more automatic mail\?/)
  expect((await addressStates(t.desk(), [ann])).size).toBe(0)
  expect((await click(`${path}x`)).status).toBe(404)
  expect((await click(path)).status).toBe(200)
  expect((await click(path, asMultipart)).status).toBe(200)
  expect((await addressStates(t.desk(), [ann])).get(ann)).toEqual({ state: 'ok', unsubscribed: true })
  const ticket = await t.ticket(await t.filed({ from: ann }))
  const mailOf = (asked: boolean) =>
    t.desk().transaction(async (tx) =>
      sendAutomaticMail(tx, await lockTicket(tx, ticket.id), {
        to: { email: ann, name: null },
        subject: 'Notice',
        text: 'Hello',
        sourceId: ticket.mailboxId,
        teamId: ticket.teamId,
        asked,
      }),
    )
  expect(await mailOf(false)).toEqual({ sent: null, code: 'unsubscribed' })
  expect((await mailOf(true)).sent).not.toBeNull()
  await served.close()
})

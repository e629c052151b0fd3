import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { uuidOf } from '#platform/ids.ts'
import { ageableBlobs } from '#test/ageable-blobs.ts'
import { createLetterWorld, type LetterWorld } from '#test/letters.ts'
import { discardDraft, saveDraft } from './actions/save-draft.ts'
import { sweepBlobs } from './actions/sweep-blobs.ts'
import { sweepUploads } from './actions/sweep-uploads.ts'
import { undoSend } from './actions/undo-send.ts'
import { uploadAttachment } from './actions/upload-attachment.ts'
import { writeMessage } from './actions/write-message.ts'
import { readDraft } from './views/read-draft.ts'

let t: LetterWorld
let mia: Desk
let blobs: Awaited<ReturnType<typeof ageableBlobs>>
beforeAll(async () => {
  t = await createLetterWorld()
  blobs = await ageableBlobs(t)
  mia = t.desk(t.mia.actor)
})
afterAll(async () => {
  await t?.close()
  await blobs?.remove()
})

const upload = async (ticketId: Id<'tkt'>, text: string, desk = mia) =>
  (await uploadAttachment(desk, ticketId, { name: `${text}.txt`, type: 'text/plain', base64: btoa(text) })).id
const draft = (ticketId: Id<'tkt'>, attachments: Id<'att'>[], desk = mia) =>
  saveDraft(desk, ticketId, { kind: 'reply', html: '<p>Words</p>', attachments })
const reply = (ticketId: Id<'tkt'>, attachments: Id<'att'>[], desk = mia) =>
  writeMessage(desk, ticketId, { kind: 'reply', text: 'See the file.', attachments })
const drafted = async (ticketId: Id<'tkt'>) =>
  (await readDraft(mia, ticketId)).draft?.attachments.map(({ name }) => name)
const isThere = async (id: Id<'att'>) =>
  (await t.world.pool.query('select from attachments where id = $1', [uuidOf(id)])).rowCount === 1
const aDayLater = () => t.clock.advance({ hours: 25 })

test('files that were uploaded and never sent go after a day, with their content; what anything names stays', async () => {
  const [sent, waiting, kept, back, dropped] = await Promise.all(Array.from({ length: 5 }, () => t.filed({})))
  if (!sent || !waiting || !kept || !back || !dropped) throw new Error('no tickets')
  const used = [
    await upload(sent, 'in a message'),
    await upload(waiting, 'in a reply that waits'),
    await upload(kept, 'in a draft'),
    await upload(back, 'in a reply that was taken back'),
  ] as const
  const unused = [await upload(sent, 'never used'), await upload(dropped, 'in a draft that was discarded')] as const
  await t.answer(sent, { attachments: [used[0]] })
  await reply(waiting, [used[1]])
  await draft(kept, [used[2]])
  await undoSend(mia, await reply(back, [used[3]]))
  await draft(dropped, [unused[1]])
  await discardDraft(mia, dropped)
  expect(await sweepUploads(t.desk())).toBe(0)
  aDayLater()
  const late = await upload(sent, 'just now')
  expect(await sweepUploads(t.desk())).toBe(2)
  expect(await Promise.all([...used, late, ...unused].map(isThere))).toEqual([
    true,
    true,
    true,
    true,
    true,
    false,
    false,
  ])
  expect(await sweepBlobs(t.desk())).toBe(0)
  await blobs.age()
  expect(await sweepBlobs(t.desk())).toBe(2)
  expect(await blobs.names()).toHaveLength(5)
})

test.each([
  ['a draft', draft],
  ['a reply', reply],
])('a file that %s takes up while a sweep runs stays', async (_, take) => {
  const ticketId = await t.filed({})
  const file = await upload(ticketId, 'taken up late')
  aDayLater()
  await mia.transaction(async (tx) => {
    await take(ticketId, [file], tx)
    await sweepUploads(t.desk())
  })
  expect(await isThere(file)).toBe(true)
  await sweepUploads(t.desk())
  expect(await isThere(file)).toBe(true)
})

test('a draft that is saved between the two looks of a sweep keeps its file', async () => {
  const ticketId = await t.filed({})
  const file = await upload(ticketId, 'between the looks')
  aDayLater()
  await t.desk().transaction(async (tx) => {
    let looks = 0
    const query = async (asked: Parameters<typeof tx.connection.query>[0]) => {
      if (++looks > 1) return tx.connection.query(asked)
      // Chosen, and not yet held: its row was read just before the draft was saved.
      await draft(ticketId, [file])
      return { rows: [{ id: uuidOf(file) }] }
    }
    const sweeping = {
      ...tx,
      connection: { query },
      transaction: (work: (desk: Desk) => unknown) => work(sweeping as never),
    }
    await sweepUploads(sweeping as unknown as Desk)
    expect(looks).toBe(2)
  })
  expect(await drafted(ticketId)).toEqual(['between the looks.txt'])
})

test('content that is uploaded again while its blob is due stays, also before that is committed', async () => {
  const ticketId = await t.filed({})
  await upload(ticketId, 'the same twice')
  aDayLater()
  await blobs.age()
  await sweepUploads(t.desk())
  const again = await mia.transaction(async (tx) => {
    const id = await upload(ticketId, 'the same twice', tx)
    await sweepBlobs(t.desk())
    return id
  })
  const { rows } = await t.world.pool.query('select hash from attachments where id = $1', [uuidOf(again)])
  expect((await t.world.blobs.get(rows[0].hash)).toString()).toBe('the same twice')
})

test('a file that is gone is neither sent nor kept in a draft, and none of another ticket is', async () => {
  const [ticketId, other] = [await t.filed({}), await t.filed({})]
  const [gone, foreign] = [await upload(ticketId, 'gone'), await upload(other, 'elsewhere')]
  await draft(other, [foreign])
  aDayLater()
  await sweepUploads(t.desk())
  await expect(reply(ticketId, [gone])).rejects.toThrow(/not there any more/)
  for (const file of [gone, foreign]) await expect(draft(ticketId, [file])).rejects.toThrow(/no such file/)
})

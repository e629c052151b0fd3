import { open, rm } from 'node:fs/promises'
import { setImmediate as breathe } from 'node:timers/promises'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { isDatabaseAway } from '#platform/database-away.ts'
import { dateOfText } from '#platform/date-of-text.ts'
import { failpoint } from '#platform/failpoints.ts'
import { indexMessages } from '../actions/index-message.ts'
import { keepContents } from '../actions/keep-attachments.ts'
import { untilWon } from '../actions/until-won.ts'
import { whyParked } from '../actions/why-parked.ts'
import { contentHashOf } from '../content-hash.ts'
import { holdEvents } from '../hold-events.ts'
import { statedMessageId } from '../rules/stated-message-id.ts'
import { insertImportItems, readImport, updateImport, type StoredImport } from '../store/imports.ts'
import { finishWork } from '../store/receipt-work.ts'
import { mostMailBytes, type ArchivedMail } from './archive.ts'
import { importMail, type Outcome, type ReadMail } from './import-mail.ts'
import { importing, type Importing } from './importing.ts'
import { importPath } from './import-folder.ts'
import { looksLikeMbox, readMbox } from './read-mbox.ts'
import { readMaildir } from './read-maildir.ts'

const mostAtOnce = 25
const bytesAtOnce = 8 * 1024 * 1024

/** Mails read together, and where the one after them is. A null is one that is left out. */
type Batch = { mails: (ArchivedMail | null)[]; next: string }

/**
 * Imports until the archive ends or somebody pauses it. Mails and the place after them commit together, so a death at any
 * moment loses none and takes none twice.
 */
export async function runImport(desk: Desk, id: Id<'imp'>): Promise<void> {
  const started = await readImport(desk, id)
  if (started.state !== 'running') return
  try {
    const into = await importing(desk, started)
    for await (const batch of batches(desk, started)) {
      const read: (ReadMail | null)[] = []
      for (const mail of batch.mails) read.push(mail && (await readMail(desk, mail)))
      const went = await takeBatch(desk, id, into, read, batch)
      if (!went) return
      await breathe()
    }
    await finish(desk, id, null)
    if (started.uploaded) await rm(importPath(desk, started.path), { force: true })
  } catch (error) {
    if (isDatabaseAway(error)) throw error
    desk.log.error({ error, importId: id }, 'an import stopped')
    await finish(desk, id, `It stopped: ${String((error as Error).message).slice(0, 300)}`)
  }
}

async function* batches(desk: Desk, { kind, path, position }: StoredImport): AsyncGenerator<Batch> {
  const place = importPath(desk, path)
  const full = (batch: Batch) =>
    batch.mails.length >= mostAtOnce ||
    batch.mails.reduce((sum, mail) => sum + (mail?.raw.byteLength ?? 0), 0) >= bytesAtOnce
  let batch: Batch = { mails: [], next: position }
  for await (const { mail, next } of kind === 'mbox'
    ? mboxEntries(place, Number(position))
    : readMaildir(place, position, mostMailBytes)) {
    batch = { mails: [...batch.mails, mail], next }
    if (!full(batch)) continue
    yield batch
    batch = { mails: [], next }
  }
  if (batch.mails.length > 0) yield batch
}

async function* mboxEntries(path: string, from: number): AsyncGenerator<{ mail: ArchivedMail; next: string }> {
  const file = await open(path)
  try {
    if (from === 0 && !(await looksLikeMbox(file)))
      throw new Error(
        'the file is no mbox: it does not begin with a line such as "From ann@example.com Mon Nov 2 09:00:00 2026".',
      )
    for await (const mail of readMbox(file, from, mostMailBytes)) yield { mail, next: mail.next }
  } finally {
    await file.close()
  }
}

/** Reads a mail and keeps its files, outside any transaction. */
async function readMail(desk: Desk, { raw, tooLong, size, writtenAt }: ArchivedMail): Promise<ReadMail> {
  const parsed = tooLong
    ? {
        ok: false as const,
        reason: `It is ${Math.round(size / 1024 / 1024)} MB long, more than 50 MB; only its beginning is kept.`,
      }
    : await desk.ports.mail.read(raw, { from: '', to: [] })
  const stated = parsed.ok ? parsed.message.providerId?.trim() : statedMessageId(raw)
  return {
    raw: tooLong ? raw.subarray(0, 64 * 1024) : raw,
    size: tooLong ? size : raw.byteLength,
    contentHash: contentHashOf(raw, Boolean(stated)),
    parsed,
    attachments: parsed.ok ? await keepContents(desk, parsed.message.attachments) : [],
    writtenAt: dateOfText(writtenAt),
  }
}

/** False when the import is not to go on: paused, undone, or taken over by another job. */
async function takeBatch(
  desk: Desk,
  id: Id<'imp'>,
  into: Importing,
  mails: readonly (ReadMail | null)[],
  { next }: Batch,
): Promise<boolean> {
  const take = (all: readonly (ReadMail | null)[]) =>
    untilWon(() => desk.transaction((tx) => commitBatch(tx, id, into, all, next)))
  try {
    return await take(mails)
  } catch (error) {
    if (isDatabaseAway(error)) throw error
    desk.log.warn({ error, importId: id }, 'mails of an import could not be filed together')
  }
  // One of them cannot be filed as it is. Each is tried alone in a transaction that is then undone, so that it is known which.
  const tried: (ReadMail | null)[] = []
  for (const mail of mails) tried.push(mail && (await asFileable(desk, into, mail)))
  return take(tried)
}

class OnlyTried extends Error {}

async function asFileable(desk: Desk, into: Importing, mail: ReadMail): Promise<ReadMail> {
  try {
    await desk.transaction(async (tx) => {
      await importMail(tx, into, mail)
      throw new OnlyTried()
    })
    return mail
  } catch (error) {
    if (error instanceof OnlyTried) return mail
    if (isDatabaseAway(error)) throw error
    return { ...mail, parsed: { ok: false, reason: whyParked(error) }, attachments: [] }
  }
}

async function commitBatch(
  tx: Desk,
  id: Id<'imp'>,
  into: Importing,
  mails: readonly (ReadMail | null)[],
  next: string,
): Promise<boolean> {
  const row = await readImport(tx, id, { lock: true })
  if (row.state !== 'running' || !isAfter(row, next)) return false
  const held = holdEvents(tx)
  const outcomes: Outcome[] = []
  for (const mail of mails) if (mail) outcomes.push(await importMail(held.desk, into, mail))
  const items = outcomes.map(({ item }) => item)
  // What arriving mail gets afterwards, an answer and the proof of its sender, is not for history; only search is.
  await finishWork(
    tx,
    items.map(({ receiptId }) => ({ itemId: receiptId })),
  )
  await indexMessages(
    tx,
    items.flatMap(({ messageId }) => messageId ?? []),
  )
  await insertImportItems(tx, id, row.read, items)
  const n = (became: Outcome['became']) => outcomes.filter((one) => one.became === became).length
  await updateImport(tx, id, {
    position: next,
    done: row.kind === 'mbox' ? Number(next) : row.done + mails.length,
    read: row.read + outcomes.length,
    filed: row.filed + n('filed'),
    duplicates: row.duplicates + n('duplicate'),
    parked: row.parked + n('parked'),
    leftOut: row.leftOut + mails.length - outcomes.length,
  })
  await held.append()
  failpoint('import.before_commit')
  return true
}

/** Another job of the same import may have been here: its place in the archive only ever grows. */
function isAfter({ kind, position }: StoredImport, next: string): boolean {
  return kind === 'mbox' ? Number(next) > Number(position) : next > position
}

async function finish(desk: Desk, id: Id<'imp'>, trouble: string | null): Promise<void> {
  await desk.transaction(async (tx) => {
    const row = await readImport(tx, id, { lock: true })
    if (row.state !== 'running') return
    await updateImport(tx, id, {
      state: trouble ? 'failed' : 'done',
      trouble,
      endedAt: tx.now(),
      ...(trouble ? {} : { done: row.total }),
    })
    await tx.emit({ type: trouble ? 'import.failed' : 'import.finished', data: { importId: id, read: row.read } })
  })
}

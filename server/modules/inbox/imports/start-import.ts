import { mkdir, open, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { BodyOf } from '#contract/endpoint.ts'
import type { Id } from '#contract/ids.ts'
import { chunkBytes, type startImport as endpoint } from '#contract/imports.ts'
import type { Desk } from '#server/desk.ts'
import { hasCode } from '#platform/errno.ts'
import { DeskError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { ownMailboxes } from '../own-addresses.ts'
import { insertImport, readImport, updateImport } from '../store/imports.ts'
import { findInFolder, importPath, uploads } from './import-folder.ts'

/** Begins an import of what lies in the folder for imports, or of a file that is sent in pieces afterwards. */
export async function startImport(desk: Desk, input: BodyOf<typeof endpoint>): Promise<Id<'imp'>> {
  const { mailboxId, file, upload } = input
  if ((file === undefined) === (upload === undefined))
    throw new DeskError('invalid_request', 'body: name either a `file` or an `upload`.')
  if (!(await ownMailboxes(desk)).some(({ id }) => id === mailboxId))
    throw new DeskError('invalid_request', 'body.mailboxId: there is no such mailbox.')
  const found = file === undefined ? null : await findInFolder(desk, file)
  const id = newId('imp', desk.now())
  await desk.transaction(async (tx) => {
    await insertImport(tx, {
      id,
      sourceId: mailboxId,
      name: found?.name ?? upload?.name ?? '',
      kind: found?.kind ?? 'mbox',
      path: found?.name ?? `${uploads}/${id}.mbox`,
      uploaded: !found,
      total: found?.size ?? upload?.size ?? 0,
      state: found ? 'running' : 'uploading',
      position: found?.kind === 'maildir' ? '' : '0',
      createdAt: tx.now(),
    })
    await tx.emit({ type: 'import.started', data: { importId: id, mailboxId } })
    if (found) await enqueueImport(tx, id)
  })
  return id
}

/** Adds a piece to the file of an import. A piece that is there already is taken as sent again; the last one starts the import. */
export async function addChunk(desk: Desk, id: Id<'imp'>, offset: number, content: Buffer): Promise<void> {
  if (content.byteLength === 0 || content.byteLength > chunkBytes)
    throw new DeskError('invalid_request', 'body.base64: a piece is 1 byte to 4 MiB long.')
  await desk.transaction(async (tx) => {
    const row = await readImport(tx, id, { lock: true })
    const end = offset + content.byteLength
    if (row.state !== 'uploading') {
      if (row.uploaded && end <= row.total) return
      throw new DeskError('conflict', 'This import takes no more pieces.')
    }
    if (offset > row.done || end > row.total)
      throw new DeskError('conflict', `The next piece begins at ${row.done} and the file has ${row.total} bytes.`)
    await writeAt(importPath(desk, row.path), offset, content)
    const done = Math.max(row.done, end)
    const whole = done === row.total
    await updateImport(tx, id, whole ? { state: 'running', done: 0 } : { done })
    if (whole) await enqueueImport(tx, id)
  })
}

export async function enqueueImport(desk: Desk, id: Id<'imp'>): Promise<void> {
  // One at a time: an import may take what the machine has left, and not more.
  await desk.enqueue({ name: 'inbox.import', payload: { importId: id }, queue: 'inbox.import' })
}

/** Synced to disk before the row says that it is there. */
async function writeAt(path: string, offset: number, content: Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const exists = await stat(path).then(
    () => true,
    (error: unknown) => {
      if (hasCode(error, 'ENOENT')) return false
      throw error
    },
  )
  const file = await open(path, exists ? 'r+' : 'w')
  try {
    await file.write(content, 0, content.byteLength, offset)
    await file.sync()
  } finally {
    await file.close()
  }
}

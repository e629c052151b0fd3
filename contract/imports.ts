import * as z from 'zod'
import { endpoint } from './endpoint.ts'
import { id } from './ids.ts'
import { line, page, paging, Time } from './list.ts'

export const ImportState = z.enum(['uploading', 'running', 'paused', 'done', 'failed', 'undoing', 'undone'])
export type ImportState = z.infer<typeof ImportState>

export const Import = z.object({
  id: id('imp'),
  mailbox: z.object({ id: id('box'), address: z.string() }),
  name: z.string(),
  kind: z.enum(['mbox', 'maildir']),
  state: ImportState,
  /** Bytes of an mbox, mails of a Maildir. */
  total: z.number(),
  done: z.number(),
  /** Mails: read = filed + duplicates + parked. */
  read: z.number(),
  filed: z.number(),
  duplicates: z.number(),
  parked: z.number(),
  /** Mails of a Maildir that are marked as deleted or drafts. */
  leftOut: z.number(),
  /** After undoing: mails taken away, and those kept because somebody has worked on their ticket since. */
  removed: z.number(),
  kept: z.number(),
  trouble: z.string().nullable(),
  createdAt: Time,
  endedAt: Time.nullable(),
})
export type Import = z.infer<typeof Import>

export const listImports = endpoint({
  method: 'GET',
  path: '/imports',
  permission: 'settings.write',
  summary: 'Imports of older mail, newest first.',
  query: z.strictObject(paging),
  result: page(Import),
})

export const getImport = endpoint({
  method: 'GET',
  path: '/imports/{id}',
  permission: 'settings.write',
  summary: 'How far an import is.',
  params: z.strictObject({ id: id('imp') }),
  result: Import,
})

export const listImportFiles = endpoint({
  method: 'GET',
  path: '/imports/files',
  permission: 'settings.write',
  summary: 'The mbox files and Maildir folders in DATA_DIR/import of the desk’s machine.',
  result: z.object({
    folder: z.string(),
    items: z.array(z.object({ name: z.string(), kind: z.enum(['mbox', 'maildir']), size: z.number() })),
  }),
})

export const startImport = endpoint({
  method: 'POST',
  path: '/imports',
  permission: 'settings.write',
  summary:
    'Take older mail into a mailbox as closed tickets, silently. `file` names what lies in DATA_DIR/import; `upload` an mbox that is sent in pieces afterwards.',
  body: z.strictObject({
    mailboxId: id('box'),
    file: line(255).optional(),
    upload: z.strictObject({ name: line(255), size: z.number().int().min(1).max(1e12) }).optional(),
  }),
  result: Import,
  status: 201,
})

export const chunkBytes = 4 * 1024 * 1024

export const uploadImportChunk = endpoint({
  method: 'POST',
  path: '/imports/{id}/chunks',
  permission: 'settings.write',
  summary:
    'The next piece of an mbox, 4 MiB at most; `offset` is how many bytes came before it. The last one starts the import.',
  params: z.strictObject({ id: id('imp') }),
  body: z.strictObject({ offset: z.number().int().min(0), base64: z.base64() }),
  result: Import,
  maxBody: 6 * 1024 * 1024,
})

export const changeImport = endpoint({
  method: 'PATCH',
  path: '/imports/{id}',
  permission: 'settings.write',
  summary: 'Pause an import, go on with it, or take everything away that it brought and nobody has worked on.',
  params: z.strictObject({ id: id('imp') }),
  body: z.strictObject({ action: z.enum(['pause', 'resume', 'undo']) }),
  result: Import,
})

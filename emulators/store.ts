import { DatabaseSync, type StatementSync } from 'node:sqlite'

export type Store = {
  /** The stored document, deep-frozen: copy it to change it, then put the copy. */
  get<T>(kind: string, id: string): T | undefined
  put(kind: string, id: string, doc: unknown): void
  remove(kind: string, id: string): void
  /** All documents of a kind in the order they were first put. */
  list<T>(kind: string): T[]
  /** Documents of a kind whose top-level field has this text, in the order they got it; indexed. */
  by<T>(kind: string, field: string, value: string): T[]
  /** Everything inside happens or nothing does, in memory and on disk. Must be synchronous; may nest. */
  transaction<T>(fn: () => T): T
  /** Forgets everything, or everything of one kind. */
  clear(kind?: string): void
  close(): void
}

type Document = Record<string, unknown>
type Undo = { kind: string; id: string; before: Document | undefined }
type Shelf = { documents: Map<string, Document>; indexes: Map<string, Map<string, Set<string>>> }

/** Documents kept in memory and, when a file is named, written through to SQLite so that they survive `kill -9`. */
export function openStore(file?: string): Store {
  const shelves = new Map<string, Shelf>()
  const disk = file === undefined ? undefined : openDisk(file)
  let depth = 0
  let undo: Undo[] = []

  const shelf = (kind: string): Shelf => {
    let found = shelves.get(kind)
    if (!found) shelves.set(kind, (found = { documents: new Map(), indexes: new Map() }))
    return found
  }
  const set = (kind: string, id: string, document: Document | undefined): Document | undefined => {
    const { documents, indexes } = shelf(kind)
    const before = documents.get(id)
    for (const [field, index] of indexes) {
      // An unchanged value keeps its place, so that a changed document does not move to the end.
      if (before && document && String(before[field]) === String(document[field])) continue
      if (before) index.get(String(before[field]))?.delete(id)
      if (document) add(index, String(document[field]), id)
    }
    if (document) documents.set(id, document)
    else documents.delete(id)
    return before
  }
  for (const row of disk?.load() ?? []) set(row.kind, row.id, freeze(JSON.parse(row.doc) as Document))

  const change = (kind: string, id: string, text: string | undefined) => {
    const before = set(kind, id, text === undefined ? undefined : freeze(JSON.parse(text) as Document))
    if (depth > 0) undo.push({ kind, id, before })
    if (text === undefined) disk?.remove.run(kind, id)
    else disk?.put.run(kind, id, text)
  }

  return {
    get: <T>(kind: string, id: string) => shelf(kind).documents.get(id) as T | undefined,
    put: (kind, id, doc) => change(kind, id, JSON.stringify(doc)),
    remove: (kind, id) => change(kind, id, undefined),
    list: <T>(kind: string) => [...shelf(kind).documents.values()] as T[],
    by<T>(kind: string, field: string, value: string) {
      const { documents, indexes } = shelf(kind)
      let index = indexes.get(field)
      if (!index) {
        indexes.set(field, (index = new Map()))
        for (const [id, document] of documents) add(index, String(document[field]), id)
      }
      return [...(index.get(value) ?? [])].flatMap((id) => documents.get(id) ?? []) as T[]
    },
    transaction<T>(fn: () => T): T {
      if (depth === 0) disk?.db.exec('BEGIN')
      const mark = undo.length
      depth += 1
      try {
        const result = fn()
        if (depth === 1) disk?.db.exec('COMMIT')
        return result
      } catch (error) {
        if (depth > 1) throw rollBackPart(error, mark)
        disk?.db.exec('ROLLBACK')
        for (const step of undo.reverse()) set(step.kind, step.id, step.before)
        throw error
      } finally {
        depth -= 1
        if (depth === 0) undo = []
      }
    },
    clear(only) {
      for (const [kind, { documents }] of shelves) {
        if (only !== undefined && kind !== only) continue
        for (const id of documents.keys()) change(kind, id, undefined)
      }
    },
    close: () => disk?.db.close(),
  }

  /** A nested transaction that fails takes back its own steps only; the outer one may go on. */
  function rollBackPart(error: unknown, mark: number): unknown {
    for (const step of undo.splice(mark).reverse()) {
      set(step.kind, step.id, step.before)
      if (step.before) disk?.put.run(step.kind, step.id, JSON.stringify(step.before))
      else disk?.remove.run(step.kind, step.id)
    }
    return error
  }
}

function add(index: Map<string, Set<string>>, value: string, id: string) {
  const ids = index.get(value)
  if (ids) ids.add(id)
  else index.set(value, new Set([id]))
}

function freeze<T>(value: T): T {
  if (value !== null && typeof value === 'object' && !Object.isFrozen(value)) {
    for (const part of Object.values(value)) freeze(part)
    Object.freeze(value)
  }
  return value
}

type Disk = {
  db: DatabaseSync
  put: StatementSync
  remove: StatementSync
  load(): { kind: string; id: string; doc: string }[]
}

function openDisk(file: string): Disk {
  const db = new DatabaseSync(file)
  // WAL with synchronous=NORMAL keeps every committed request through a killed process; only power loss may cost the tail.
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
  db.exec('CREATE TABLE IF NOT EXISTS documents (kind TEXT, id TEXT, doc TEXT NOT NULL, PRIMARY KEY (kind, id))')
  return {
    db,
    put: db.prepare(
      'INSERT INTO documents (kind, id, doc) VALUES (?, ?, ?) ON CONFLICT (kind, id) DO UPDATE SET doc = excluded.doc',
    ),
    remove: db.prepare('DELETE FROM documents WHERE kind = ? AND id = ?'),
    load: () =>
      db.prepare('SELECT kind, id, doc FROM documents ORDER BY rowid').all() as {
        kind: string
        id: string
        doc: string
      }[],
  }
}

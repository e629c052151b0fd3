import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { hasCode } from '#platform/errno.ts'
import type { ArchivedMail } from './archive.ts'

/** Flags of mail that nobody kept: deleted, or never sent. */
const leftOut = /:2,[A-Z]*[DT]/

/** A mail of a Maildir, or null for one that is marked as deleted or as a draft, which is left out. */
export type MaildirEntry = { mail: ArchivedMail | null; next: string }

/**
 * The mails in cur and new of a Maildir, by name, after `after`. What is in tmp is not delivered yet, and a mail that goes
 * away meanwhile is left out.
 */
export async function* readMaildir(folder: string, after: string, mostBytes: number): AsyncGenerator<MaildirEntry> {
  for (const { key, path } of await entries(folder)) {
    if (key <= after) continue
    if (leftOut.test(path)) {
      yield { mail: null, next: key }
      continue
    }
    const mail = await read(path, mostBytes)
    yield { mail: mail && { ...mail, next: key }, next: key }
  }
}

export async function isMaildir(folder: string): Promise<boolean> {
  const found = await Promise.all(['cur', 'new'].map((part) => readdir(join(folder, part)).catch(() => null)))
  return found.some((names) => names !== null)
}

/** How many mails there are. */
export async function countMaildir(folder: string): Promise<number> {
  return (await entries(folder)).length
}

/** By the name without its flags, which another program may change while this reads. */
async function entries(folder: string): Promise<{ key: string; path: string }[]> {
  const parts = await Promise.all(
    ['cur', 'new'].map(async (part) => {
      const names = await readdir(join(folder, part)).catch((error: unknown) => {
        if (hasCode(error, 'ENOENT')) return []
        throw error
      })
      return names
        .filter((name) => !name.startsWith('.'))
        .map((name) => ({ key: name.split(':')[0] ?? name, path: join(folder, part, name) }))
    }),
  )
  return parts.flat().toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
}

async function read(path: string, mostBytes: number): Promise<Omit<ArchivedMail, 'next'> | null> {
  const file = await open(path).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return null
    throw error
  })
  if (!file) return null
  try {
    const { size, mtime } = await file.stat()
    const raw = Buffer.alloc(Math.min(size, mostBytes))
    await file.read(raw, 0, raw.byteLength, 0)
    return { raw, size, tooLong: size > mostBytes, writtenAt: mtime.toISOString() }
  } finally {
    await file.close()
  }
}

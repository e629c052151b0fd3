import { mkdir, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Desk } from '#server/desk.ts'
import { DeskError } from '#platform/errors.ts'
import { countMaildir, isMaildir } from './read-maildir.ts'

type Found = { name: string; kind: 'mbox' | 'maildir'; size: number }

export const uploads = 'uploads'

/** Where something to import lies; `path` is below the folder for imports. */
export function importPath(desk: Desk, path: string): string {
  return join(desk.ports.imports.folder, path)
}

/** What lies in the folder for imports and can be imported: files, and folders that are Maildirs. */
export async function listFolder(desk: Desk): Promise<{ folder: string; items: Found[] }> {
  const { folder } = desk.ports.imports
  await mkdir(join(folder, uploads), { recursive: true })
  const entries = await readdir(folder, { withFileTypes: true })
  const found = await Promise.all(
    entries
      .filter((entry) => entry.name !== uploads && !entry.name.startsWith('.') && !entry.isSymbolicLink())
      .slice(0, 500)
      .map((entry) => look(desk, entry.name)),
  )
  return { folder, items: found.filter((one) => one !== null).toSorted((a, b) => a.name.localeCompare(b.name)) }
}

/** One entry of the folder by its name, which is no path. */
export async function findInFolder(desk: Desk, name: string): Promise<Found> {
  const { folder, items } = await listFolder(desk)
  const found = items.find((one) => one.name === name)
  if (!found)
    throw new DeskError('invalid_request', `body.file: there is no mbox file or Maildir "${name}" in ${folder}.`)
  return found.kind === 'maildir' ? { ...found, size: await countMaildir(importPath(desk, name)) } : found
}

async function look(desk: Desk, name: string): Promise<Found | null> {
  const path = importPath(desk, name)
  const found = await stat(path).catch(() => null)
  if (found?.isFile()) return { name, kind: 'mbox', size: found.size }
  return found?.isDirectory() && (await isMaildir(path)) ? { name, kind: 'maildir', size: 0 } : null
}

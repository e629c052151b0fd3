import { link, readdir, rename, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'

export type Sweeping = {
  /** Only what was put longer ago, in milliseconds by the machine's clock, which dates the files. */
  olderThan: number
  /** Which of these hashes are still named; at most 500 are asked about at once. */
  inUse(hashes: readonly string[]): Promise<ReadonlySet<string>>
}

const atOnce = 500
const blobName = /^[0-9a-f]{64}$/
const halfWritten = /^[0-9a-f]{64}\.[0-9a-f-]{36}$/

export const goingPath = (path: string) => `${path}.going`

/**
 * Removes blobs that nothing names. Whoever puts the same content meanwhile dates the file anew or, when it is not in its
 * place, writes it again; so a blob is first moved beside its place, then looked at once more, and only then removed.
 */
export async function sweepFolder(folder: string, { olderThan, inUse }: Sweeping): Promise<number> {
  let removed = 0
  for (const prefix of await namesIn(folder)) {
    if (!/^[0-9a-f]{2}$/.test(prefix)) continue
    const within = join(folder, prefix)
    const old = new Set<string>()
    for (const name of await namesIn(within)) {
      const hash = name.replace(/\.going$/, '')
      if (!blobName.test(hash) && !halfWritten.test(name)) continue
      // A death in the middle of a sweep left it beside its place; whether it goes is asked anew.
      if (name !== hash) await moveBack(join(within, hash))
      if (!(await isOlder(join(within, hash), olderThan))) continue
      if (blobName.test(hash)) old.add(hash)
      else await unlink(join(within, name)).catch(() => {})
    }
    const hashes = [...old]
    for (let at = 0; at < hashes.length; at += atOnce)
      removed += await removeUnused(within, hashes.slice(at, at + atOnce), { olderThan, inUse })
  }
  return removed
}

async function removeUnused(within: string, hashes: string[], { olderThan, inUse }: Sweeping): Promise<number> {
  const named = await inUse(hashes)
  const going: string[] = []
  for (const hash of hashes) {
    if (named.has(hash)) continue
    const path = join(within, hash)
    if (await done(rename(path, goingPath(path)))) going.push(hash)
  }
  if (going.length === 0) return 0
  const since = await inUse(going)
  let removed = 0
  for (const hash of going) {
    const path = join(within, hash)
    const isGone = !since.has(hash) && (await isOlder(goingPath(path), olderThan))
    if (!isGone) await moveBack(path)
    else if (await done(unlink(goingPath(path)))) removed++
  }
  return removed
}

/** Puts a blob back in its place, never over a copy that was put there meanwhile: that one's date counts. */
async function moveBack(path: string): Promise<void> {
  if (!(await done(link(goingPath(path), path))) && !(await done(stat(path))))
    return void (await done(rename(goingPath(path), path)))
  await done(unlink(goingPath(path)))
}

async function isOlder(path: string, olderThan: number): Promise<boolean> {
  const file = await stat(path).catch(() => undefined)
  return file !== undefined && Date.now() - file.mtimeMs > olderThan
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => [])
}

function done(step: Promise<unknown>): Promise<boolean> {
  return step.then(
    () => true,
    () => false,
  )
}

import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, stat, unlink, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { goingPath, sweepFolder, type Sweeping } from './sweep-folder.ts'

/** Files by the SHA-256 of their content, so that the same file is stored once. */
export type Blobs = {
  put(content: Uint8Array): Promise<string>
  get(hash: string): Promise<Buffer>
  check(): Promise<void>
  /** Removes what nothing names any more and was not put again for a while; resolves to how many there were. */
  sweep(sweeping: Sweeping): Promise<number>
}

/** Blobs in a folder: written beside, synced, then renamed, so that a crash leaves no half file under a hash. */
export function folderBlobs(folder: string): Blobs {
  const pathOf = (hash: string) => join(folder, hash.slice(0, 2), hash)
  return {
    async put(content) {
      const hash = createHash('sha256').update(content).digest('hex')
      const path = pathOf(hash)
      const known = await stat(path).catch(() => undefined)
      if (known?.size === content.byteLength && (await isRenewed(path))) return hash
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      const beside = `${path}.${randomUUID()}`
      const file = await open(beside, 'wx', 0o600)
      try {
        await file.writeFile(content)
        await file.sync()
      } catch (error) {
        await unlink(beside).catch(() => {})
        throw error
      } finally {
        await file.close()
      }
      await rename(beside, path)
      return hash
    },
    // While a sweep looks at it once more it lies beside its place.
    get: (hash) =>
      readFile(pathOf(hash))
        .catch(() => readFile(goingPath(pathOf(hash))))
        .catch(() => readFile(pathOf(hash))),
    sweep: (sweeping) => sweepFolder(folder, sweeping),
    async check() {
      await mkdir(folder, { recursive: true, mode: 0o700 })
    },
  }
}

/** Dates a blob anew, so that a sweep leaves it to whoever is about to name it; false when one has just taken it. */
async function isRenewed(path: string): Promise<boolean> {
  const now = new Date()
  return utimes(path, now, now).then(
    () => true,
    () => false,
  )
}

import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { folderBlobs } from '#platform/blobs/blobs.ts'
import type { TestWorld } from './build.ts'

/** Gives a desk a blob folder whose files can be made old, since a sweep goes by their dates and not by the desk's clock. */
export async function ageableBlobs(t: TestWorld) {
  const folder = await mkdtemp(join(tmpdir(), 'blobs-'))
  t.world.blobs = folderBlobs(folder)
  const names = async () => (await readdir(folder, { recursive: true })).filter((path) => path.includes('/')).toSorted()
  return {
    names,
    /** Dates whatever is there two days back. */
    async age(): Promise<void> {
      const past = new Date(Date.now() - 2 * 24 * 60 * 60 * 1000)
      for (const path of await names()) await utimes(join(folder, path), past, past)
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { hasCode } from './errno.ts'

/** Makes a folder and those above it that are missing; resolves to whether it was made now. Node's own recursive mkdir
 * never returns where the file system answers ENOENT to a mkdir, as /proc does. */
export async function makeFolder(path: string): Promise<boolean> {
  try {
    if ((await stat(path)).isDirectory()) return false
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error
    await makeFolder(dirname(path))
  }
  try {
    await mkdir(path)
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST') && (await stat(path)).isDirectory()) return false
    throw error
  }
}

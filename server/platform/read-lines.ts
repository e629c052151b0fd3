import type { FileHandle } from 'node:fs/promises'

const block = 256 * 1024

/** A line with its end, and where it begins. Longer ones than a block come in pieces, of which only the first `starts`. */
export type FileLine = { at: number; bytes: Buffer; starts: boolean }

/** The lines of a file from an offset on; holds no more than two blocks of it. */
export async function* readLines(file: FileHandle, from: number): AsyncGenerator<FileLine> {
  let at = from
  let rest: Buffer = Buffer.alloc(0)
  let starts = true
  for (let place = from; ;) {
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(block), 0, block, place)
    if (bytesRead === 0) break
    place += bytesRead
    let chunk = Buffer.concat([rest, buffer.subarray(0, bytesRead)])
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10)) {
      yield { at, bytes: chunk.subarray(0, end + 1), starts }
      at += end + 1
      starts = true
      chunk = chunk.subarray(end + 1)
    }
    if (chunk.byteLength >= block) {
      yield { at, bytes: chunk, starts }
      at += chunk.byteLength
      starts = false
      chunk = Buffer.alloc(0)
    }
    rest = chunk
  }
  if (rest.byteLength > 0) yield { at, bytes: rest, starts }
}

import type { FileHandle } from 'node:fs/promises'
import { readLines } from '#platform/read-lines.ts'
import { contentLengthOf, dateOfFromLine, isBlank, isFromLine, unquoteFromLine } from '../rules/mbox.ts'
import type { ArchivedMail } from './archive.ts'

type Read = { mail: ArchivedMail | null; end: number; lied: boolean }

/**
 * The mails of an mbox file from an offset on, which is the beginning of one; `next` of each is where the one after it
 * begins. Knows mboxo, mboxrd, mboxcl and mboxcl2, with either kind of line end. Of a mail longer than `mostBytes` only the
 * beginning is read.
 */
export async function* readMbox(file: FileHandle, from: number, mostBytes: number): AsyncGenerator<ArchivedMail> {
  for (let at = from; ;) {
    let read = await readOne(file, at, mostBytes, true)
    // Some other tool changed the mail and left its length: then only the From_ lines count.
    if (read.lied) read = await readOne(file, at, mostBytes, false)
    if (!read.mail) return
    yield read.mail
    at = read.end
  }
}

/** Whether a file begins as an mbox does, blank lines aside. */
export async function looksLikeMbox(file: FileHandle): Promise<boolean> {
  for await (const { bytes } of readLines(file, 0)) if (!isBlank(bytes)) return isFromLine(bytes)
  return true
}

async function readOne(file: FileHandle, from: number, mostBytes: number, trustLength: boolean): Promise<Read> {
  const kept: Uint8Array[] = []
  let size = 0
  let postmark: Uint8Array | null = null
  let inHeader = true
  let blankBefore = false
  let length: number | undefined
  let bodyEnd: number | undefined
  let unquotedInside = false
  let end = from
  for await (const { at, bytes, starts } of readLines(file, from)) {
    end = at + bytes.byteLength
    if (!postmark) {
      if (!isBlank(bytes)) postmark = Buffer.from(bytes)
      continue
    }
    const beyond = bodyEnd === undefined || at >= bodyEnd
    if (starts && blankBefore && isFromLine(bytes)) {
      if (beyond) return { mail: finish(at), end: at, lied: false }
      unquotedInside = true
    }
    // What follows a trusted body is one blank line and the next mail, or nothing.
    if (bodyEnd !== undefined && at >= bodyEnd && !isBlank(bytes)) return { mail: null, end: from, lied: true }
    if (bodyEnd !== undefined && at < bodyEnd && end > bodyEnd && !isBlank(bytes.subarray(bodyEnd - at)))
      return { mail: null, end: from, lied: true }
    blankBefore = starts ? isBlank(bytes) : false
    if (inHeader) {
      length ??= trustLength ? contentLengthOf(bytes) : undefined
      if (blankBefore) {
        inHeader = false
        if (length !== undefined) bodyEnd = end + length
      }
    }
    keep(bytes)
  }
  if (bodyEnd !== undefined && bodyEnd > end + 2) return { mail: null, end: from, lied: true }
  return { mail: postmark ? finish(end) : null, end, lied: false }

  function keep(bytes: Buffer): void {
    size += bytes.byteLength
    if (size <= mostBytes) kept.push(Buffer.from(bytes))
  }

  function finish(next: number): ArchivedMail {
    // The blank line before the next From_ line is the format's, not the mail's.
    if (size <= mostBytes && kept.length > 1 && isBlank(kept.at(-1) ?? new Uint8Array()) && !isHeaderEnd())
      size -= kept.pop()?.byteLength ?? 0
    // mboxcl2 quotes nothing, and shows it by a From_ line in the middle of a body.
    const lines = unquotedInside ? kept : kept.map(unquoteFromLine)
    return {
      raw: Buffer.concat(lines),
      tooLong: size > mostBytes,
      size,
      writtenAt: dateOfFromLine(postmark ?? new Uint8Array()),
      next: String(next),
    }
  }

  function isHeaderEnd(): boolean {
    return kept.findIndex((line) => isBlank(line)) === kept.length - 1
  }
}

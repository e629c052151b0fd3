import { createHash } from 'node:crypto'
import { letterOf } from './rules/letter.ts'

/**
 * The hash, in hex, by which a mail is known beside its Message-ID: of its letter, so that the same mail by two ways is one.
 * Without a Message-ID it is that of every byte, because then nothing else tells two mails of the same words apart.
 */
export function contentHashOf(raw: Uint8Array, hasMessageId: boolean): string {
  const hash = createHash('sha256')
  for (const piece of hasMessageId ? letterOf(raw) : [raw]) hash.update(piece)
  return hash.digest('hex')
}

import type { Envelope, ParseOutcome } from '#modules/inbox/ports.ts'
import { describeMail } from './describe-mail.ts'
import { readMime } from './mime.ts'
import { isPlainMail, isPlainRaw } from './plain-mail.ts'
import { readInThread, usualLimits, type ReadingLimits } from './reading-threads.ts'
import { unreadable } from './read-whole.ts'

/**
 * Never throws: what cannot be read comes back with the reason, to be parked beside its raw bytes. A small and plain mail
 * is read at once; any other in a thread with limits, so that it can neither stop nor crash the reading of others.
 */
export async function parseMail(
  raw: Uint8Array,
  envelope: Envelope,
  limits: Partial<ReadingLimits> = {},
): Promise<ParseOutcome> {
  if (raw.byteLength === 0) return { ok: false, reason: 'The mail is empty.' }
  try {
    if (isPlainRaw(raw)) {
      const mail = await readMime(raw)
      if (isPlainMail(mail)) return { ok: true, message: describeMail(mail, raw, envelope) }
    }
  } catch (error) {
    return unreadable(error)
  }
  return readInThread(raw, envelope, { ...usualLimits, ...limits })
}

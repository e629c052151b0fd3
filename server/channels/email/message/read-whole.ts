import type { Envelope, ParseOutcome } from '#modules/inbox/ports.ts'
import { describeMail } from './describe-mail.ts'
import { readMime, unpackMail } from './mime.ts'
import { cleanLine } from './text.ts'

/** Reads a mail from its bytes to what is shown of it, however long it takes. Never throws. */
export async function readWhole(raw: Uint8Array, envelope: Envelope): Promise<ParseOutcome> {
  try {
    return { ok: true, message: describeMail(await unpackMail(await readMime(raw)), raw, envelope) }
  } catch (error) {
    return unreadable(error)
  }
}

/** The reason for which a mail is parked. */
export function unreadable(error: unknown): ParseOutcome {
  const words = error instanceof Error ? error.message : String(error)
  return { ok: false, reason: `The mail could not be parsed: ${cleanLine(words).slice(0, 300)}.` }
}

import type { Email } from 'postal-mime'
import { withForwardedText } from './attached-mail.ts'
import { countLineStarts, mailLimits } from './limits.ts'
import { parseMended } from './mended-parser.ts'
import { openWinmail } from './open-winmail.ts'

/** Throws with a sentence when the mail is over a limit. */
export async function readMime(raw: Uint8Array): Promise<Email> {
  if (raw.byteLength > mailLimits.maxBytes) throw new Error(`The mail is larger than ${mailLimits.maxBytes} bytes`)
  if (countLineStarts(raw, '--') > mailLimits.maxBoundaryLines)
    throw new Error(`The mail has more than ${mailLimits.maxBoundaryLines} parts`)
  return parseMended(raw)
}

/** What lies in packages inside the mail: a winmail.dat, or an attached mail that is all there is. */
export function unpackMail(mail: Email): Promise<Email> {
  return withForwardedText(openWinmail(mail))
}

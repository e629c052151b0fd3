import { Readable } from 'node:stream'
import type { RefusedRecipient, Transmission } from '#modules/inbox/ports.ts'
import type { SmtpPool } from './smtp/pool.ts'
import { step, type Session, type SmtpError } from './smtp/session.ts'
import type { SmtpTarget } from './smtp/target.ts'
import { isOurTrouble, wordsOf } from './smtp/words.ts'

type Hooks = { beforeDot(): Promise<void>; afterDot(): void }

/**
 * Hands one mail to the next server. Until the final dot every failure is safe to repeat; after it only the server's
 * answer tells, and without one nobody knows. A connection is used again only when the server answered everything.
 */
export async function transmit(
  pool: SmtpPool,
  target: SmtpTarget,
  raw: Uint8Array,
  envelope: { from: string; to: string[] },
  hooks: Hooks,
): Promise<Transmission> {
  let dotIsOut = false
  let isOpen = false
  try {
    const { session, giveBack } = await pool.take(target)
    isOpen = true
    try {
      const message = body(raw, hooks, () => (dotIsOut = true))
      const taken = await send(session, envelope, message)
      giveBack('fit')
      return { outcome: 'sent', ...taken }
    } finally {
      giveBack('unfit')
    }
  } catch (error) {
    return judge(error as SendError, target, { isOpen, dotIsOut })
  }
}

/** The body, then what must be committed before the dot, then the end of the stream, which is the dot. */
function body(raw: Uint8Array, hooks: Hooks, dotOut: () => void): Readable {
  return Readable.from(
    (async function* () {
      yield Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)
      await hooks.beforeDot()
      dotOut()
      // The dot follows this generator's end within the same turn; what comes after it has sent it.
      setImmediate(hooks.afterDot)
    })(),
  )
}

function judge(
  error: SendError,
  target: SmtpTarget,
  { isOpen, dotIsOut }: { isOpen: boolean; dotIsOut: boolean },
): Transmission {
  const reason = wordsOf(error, target)
  if (dotIsOut && error.responseCode === undefined) return { outcome: 'unknown', reason }
  const isFinal = error.responseCode !== undefined && error.responseCode >= 500
  // A wrong password, a broken greeting or missing encryption is the desk's trouble, not the letter's: it waits until
  // that is mended.
  const isOurs = isOurTrouble(error)
  const refused = (error.rejectedErrors ?? []).map(refusal)
  if (isFinal && !isOurs) return { outcome: 'failed', reason, ...(refused.length > 0 ? { refused } : {}) }
  return { outcome: 'retry', reason, answeredBy: isOpen && error.responseCode !== undefined ? 'recipient' : 'nobody' }
}

type SendError = SmtpError & { rejectedErrors?: SmtpError[] }
type SendInfo = { response: string; rejectedErrors?: SmtpError[] }

async function send(
  session: Session,
  envelope: { from: string; to: string[] },
  message: Readable,
): Promise<{ response: string; refused: RefusedRecipient[] }> {
  const info = await step<SendInfo>(session, (done) => {
    message.once('error', (error) => {
      done(error)
      session.close()
    })
    session.send(envelope, message, (error, sent) => done(error && worst(error as SendError), sent as SendInfo))
  })
  return { response: info.response, refused: (info.rejectedErrors ?? []).map(refusal) }
}

/** All recipients refused: final only when every one of them is. */
function worst(error: SendError): SmtpError {
  const passing = error.rejectedErrors?.find(({ responseCode }) => (responseCode ?? 0) < 500)
  return passing ?? error
}

function refusal(error: SmtpError & { recipient?: string }): RefusedRecipient {
  return { address: error.recipient ?? '', reason: wordsOf(error), later: (error.responseCode ?? 0) < 500 }
}

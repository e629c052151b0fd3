import { bare, pack, seal, unpack, type Sign } from './message-id.ts'

/** RFC 5321 4.5.3.1.1. */
const longestLocalPart = 64

/**
 * The envelope sender of a mail we send (not its From), so that whatever comes back names its message even when it
 * carries no headers of it: `support+b<token>.<seal>@example.com`, or `b<token>.<seal>@<bounceDomain>` where a domain of
 * its own takes what comes back. `<token>` is the message's UUID in base 36 (26 characters beginning with `u`), `<seal>`
 * 16 letters and digits signed under the purpose "bounce", so a reply address is never a bounce address and nobody can
 * make one up. Lower case throughout. Null when the local part would be longer than mail allows.
 */
export function bounceAddress(input: {
  mailbox: string
  /** The message's UUID. */
  messageId: string
  bounceDomain?: string | null
  sign: Sign
}): string | null {
  const message = pack(input.messageId)
  const token = `b${message}.${seal(input.sign, 'bounce', message)}`
  const at = input.mailbox.lastIndexOf('@')
  const local = input.bounceDomain ? token : `${input.mailbox.slice(0, at)}+${token}`
  if (local.length > longestLocalPart) return null
  return `${local}@${input.bounceDomain ?? input.mailbox.slice(at + 1)}`
}

/** The message's UUID. Null when the address carries no token of ours or its signature does not hold. */
export function parseBounceAddress(address: string, sign: Sign): { messageId: string } | null {
  const whole = bare(address)
  const local = whole.slice(0, whole.lastIndexOf('@'))
  const [token, signature, ...more] = local.slice(local.lastIndexOf('+') + 1).split('.')
  if (!token?.startsWith('b') || !signature || more.length > 0) return null
  const message = token.slice(1)
  const messageId = unpack(message)
  if (messageId === null) return null
  return seal(sign, 'bounce', message) === signature ? { messageId } : null
}

/** Signs a text under the installation's key; hex or base64url, at least 16 letters and digits long. */
export type Sign = (text: string) => string

const SIGNATURE = 16
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const plain = /^[a-z0-9_]{1,40}$/

/**
 * Lower case throughout, because relays and address books change the case of local parts. A UUID takes
 * 26 characters instead of 36; anything else goes through as it is.
 */
export function pack(id: string): string {
  if (uuid.test(id))
    return `u${BigInt(`0x${id.replaceAll('-', '')}`)
      .toString(36)
      .padStart(25, '0')}`
  return `r${id}`
}

export function unpack(token: string): string | null {
  const rest = token.slice(1)
  if (token.startsWith('r') && plain.test(rest)) return rest
  if (!token.startsWith('u') || !/^[0-9a-z]{25}$/.test(rest)) return null
  let value = 0n
  for (const digit of rest) value = value * 36n + BigInt(Number.parseInt(digit, 36))
  const hex = value.toString(16).padStart(32, '0')
  if (hex.length > 32) return null
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

export function seal(sign: Sign, ...parts: string[]): string {
  return sign(parts.join('|'))
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(0, SIGNATURE)
}

/**
 * The Message-ID of a mail we send, without angle brackets. It names ticket and message, so an answer
 * finds its ticket even when our own table has lost the row, and it is signed, so nobody can make one up.
 * Ids are UUIDs or lower-case letters, digits and underscores.
 */
export function makeMessageId(input: { ticketId: string; messageId: string; domain: string; sign: Sign }): string {
  const ticket = pack(input.ticketId)
  const message = pack(input.messageId)
  return `${message}.${ticket}.${seal(input.sign, 'mid', ticket, message)}@${input.domain}`
}

/** Null when the id is not ours or its signature does not hold. */
export function parseOwnMessageId(id: string, sign: Sign): { ticketId: string; messageId: string } | null {
  const local = bare(id).split('@')[0] ?? ''
  const [message, ticket, signature, ...more] = local.split('.')
  if (!message || !ticket || !signature || more.length > 0) return null
  const ticketId = unpack(ticket)
  const messageId = unpack(message)
  if (ticketId === null || messageId === null || signature.length !== SIGNATURE) return null
  return seal(sign, 'mid', ticket, message) === signature ? { ticketId, messageId } : null
}

/** The address to answer to when a mail client or relay drops or rewrites our ids: support+token@example.com. */
export function makeReplyAddress(input: { mailbox: string; ticketId: string; sign: Sign }): string {
  const at = input.mailbox.lastIndexOf('@')
  const ticket = pack(input.ticketId)
  return `${input.mailbox.slice(0, at)}+${ticket}.${seal(input.sign, 'reply', ticket)}${input.mailbox.slice(at)}`
}

/** Null when the address carries no token of ours or its signature does not hold. */
export function parseReplyAddress(address: string, sign: Sign): { ticketId: string } | null {
  const local = bare(address).split('@')[0] ?? ''
  const [ticket, signature, ...more] = local.slice(local.indexOf('+') + 1).split('.')
  if (!local.includes('+') || !ticket || !signature || more.length > 0) return null
  const ticketId = unpack(ticket)
  if (ticketId === null || signature.length !== SIGNATURE) return null
  return seal(sign, 'reply', ticket) === signature ? { ticketId } : null
}

export function bare(id: string): string {
  return id.trim().replace(/^<|>$/g, '').toLowerCase()
}

import type { Desk } from '#server/desk.ts'

/**
 * What List-Unsubscribe of an automatic mail to this address says: a page for people, and one click by POST (RFC 8058). The
 * token is the address, signed, so that nobody can unsubscribe somebody else.
 */
export function unsubscribeUrl(desk: Desk, email: string): string {
  const address = email.toLowerCase()
  const token = `${Buffer.from(address).toString('base64url')}.${desk.secrets.sign('unsubscribe', address)}`
  return `${desk.publicUrl}/unsubscribe/${token}`
}

/** The address of a token; null when the signature does not hold. */
export function addressOfToken(desk: Desk, token: string): string | null {
  const [encoded, signature, ...more] = token.split('.')
  if (!encoded || !signature || more.length > 0) return null
  const address = Buffer.from(encoded, 'base64url').toString('utf8')
  return desk.secrets.verify('unsubscribe', address, signature) ? address : null
}

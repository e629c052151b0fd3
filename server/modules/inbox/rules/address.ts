/** Lower case, without surrounding blanks or angle brackets: the form in which addresses are compared. */
export function normaliseAddress(address: string): string {
  return address.trim().replace(/^<|>$/g, '').trim().toLowerCase()
}

export function domainOf(address: string): string {
  const normal = normaliseAddress(address)
  return normal.slice(normal.lastIndexOf('@') + 1)
}

/** The address without its plus part, so that a signed reply address counts as the mailbox it belongs to. */
export function withoutPlus(address: string): string {
  const normal = normaliseAddress(address)
  const at = normal.lastIndexOf('@')
  const plus = normal.indexOf('+')
  return plus > 0 && plus < at ? normal.slice(0, plus) + normal.slice(at) : normal
}

export function isOurs(address: string, ownAddresses: readonly string[]): boolean {
  const plain = withoutPlus(address)
  return ownAddresses.some((own) => withoutPlus(own) === plain)
}

const silent =
  /^(no[-_.]?reply|do[-_.]?not[-_.]?reply|donotreply|noreply[-_.].*|.*[-_.]no[-_.]?reply|mailer[-_.]?daemon|postmaster|bounces?|bounce[-_+.].*|.*[-_.]bounces?|auto[-_.]?(reply|responder|mailer)|nobody|null)$/

/** True for addresses where nobody reads: no-reply, mailer-daemon, bounces. */
export function isUnattended(address: string): boolean {
  const normal = normaliseAddress(address)
  const local = normal.slice(0, Math.max(0, normal.lastIndexOf('@')))
  const bare = local.includes('+') ? local.slice(0, local.indexOf('+')) : local
  return silent.test(local) || silent.test(bare)
}

import { bare, pack, seal, unpack, type Sign } from './message-id.ts'

/**
 * A plus address of a mailbox that the desk writes to itself, to see whether such mail comes back: `support+p<token>.<seal>@`.
 * Signed under a purpose of its own, so it is no reply address and nobody can make one up.
 */
export function plusProbeAddress(input: { address: string; mailboxUuid: string; sign: Sign }): string {
  const token = pack(input.mailboxUuid)
  const at = input.address.lastIndexOf('@')
  return `${input.address.slice(0, at)}+p${token}.${seal(input.sign, 'plus', token)}${input.address.slice(at)}`
}

/** The mailbox's UUID; null when the address is no probe of ours. */
export function parsePlusProbe(address: string, sign: Sign): { mailboxUuid: string } | null {
  const local = bare(address).split('@')[0] ?? ''
  const [, token, signature] = /\+p(u[0-9a-z]{25})\.([0-9a-z]+)$/.exec(local) ?? []
  if (!token || !signature) return null
  const mailboxUuid = unpack(token)
  return mailboxUuid !== null && seal(sign, 'plus', token) === signature ? { mailboxUuid } : null
}

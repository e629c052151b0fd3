import { randomBytes } from 'node:crypto'
import type { Id, IdPrefix } from '#contract/ids.ts'

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const values = new Map([...alphabet].map((letter, value) => [letter, BigInt(value)]))

/** A new id: UUIDv7 whose time part is `at`, so that ids sort by the desk's clock. */
export function newId<P extends IdPrefix>(prefix: P, at: Temporal.Instant): Id<P> {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(at.epochMilliseconds, 0, 6)
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  return encode(prefix, BigInt(`0x${bytes.toString('hex')}`))
}

/** The id of a UUID as PostgreSQL returns it. */
export function idOf<P extends IdPrefix>(prefix: P, uuid: string): Id<P> {
  return encode(prefix, BigInt(`0x${uuid.replaceAll('-', '')}`))
}

/** The UUID behind an id, for SQL. */
export function uuidOf(id: string): string {
  let number = 0n
  for (const letter of id.slice(id.lastIndexOf('_') + 1)) number = number * 32n + (values.get(letter) ?? 0n)
  const hex = number.toString(16).padStart(32, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

function encode<P extends IdPrefix>(prefix: P, value: bigint): Id<P> {
  let rest = value
  let text = ''
  for (let index = 0; index < 26; index++) {
    text = alphabet[Number(rest & 31n)] + text
    rest >>= 5n
  }
  return `${prefix}_${text}`
}

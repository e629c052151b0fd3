import * as z from 'zod'

/** Every kind of id that crosses HTTP, by its prefix. None of them is one of Stripe's. */
export const idPrefixes = {
  tkt: 'ticket',
  msg: 'message',
  con: 'contact',
  acc: 'account',
  wsp: 'workspace',
  agt: 'agent',
  tea: 'team',
  key: 'API key',
  box: 'mailbox',
  itm: 'custody item',
  att: 'attachment',
  lnk: 'billing link',
  prv: 'preview',
  op: 'operation',
  apr: 'approval',
  evt: 'event',
  rat: 'rating',
  rrn: 're-run',
  imp: 'import',
  cor: 'correction',
  ent: 'entitlement',
  pac: 'product action',
} as const

export type IdPrefix = keyof typeof idPrefixes
export type Id<P extends IdPrefix> = `${P}_${string}`

/** An id as the API shows it: the prefix, an underscore and a UUIDv7 in 26 characters of Crockford's base 32 (the TypeID form). */
export function id<P extends IdPrefix>(prefix: P): z.ZodType<Id<P>> {
  const parts = [z.literal(`${prefix}_`), z.string().regex(/[0-7][0-9a-hjkmnp-tv-z]{25}/)]
  const error = `must be an id of the kind ${idPrefixes[prefix]}: ${prefix}_ and 26 characters`
  return z.templateLiteral(parts, { error }) as unknown as z.ZodType<Id<P>>
}

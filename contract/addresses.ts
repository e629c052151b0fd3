import * as z from 'zod'
import { endpoint } from './endpoint.ts'
import { id } from './ids.ts'
import { Email, line, page, paging, Time } from './list.ts'

/** `soft`: failed lately, is tried on. `blocked`: a rule of the other side refuses us; only told. `hard`, `complained`: suppressed. */
export const AddressState = z.enum(['ok', 'soft', 'hard', 'blocked', 'complained'])
export type AddressState = z.infer<typeof AddressState>

export const FailureReason = z.enum([
  'unknown_user',
  'unknown_domain',
  'moved',
  'accepts_no_mail',
  'mailbox_full',
  'disabled',
  'too_big',
  'spam',
  'content',
  'reputation',
  'authentication',
  'encryption',
  'relaying',
  'policy',
  'refused',
  'rate',
  'loop',
  'network',
  'expired',
  'system',
  'undefined',
  'complaint',
])
export type FailureReason = z.infer<typeof FailureReason>

export const AddressReason = z.enum([...FailureReason.options, 'by_hand'])
export type AddressReason = z.infer<typeof AddressReason>

/** What is known of one address. */
export const AddressFacts = z.object({
  email: z.string(),
  state: AddressState,
  reason: AddressReason.nullable(),
  /** Enhanced status code, such as 5.1.1. */
  status: z.string().nullable(),
  since: Time.nullable(),
  softCount: z.number(),
  /** It wants no automatic mail. */
  unsubscribedAt: Time.nullable(),
  /** The ticket of the message that failed last, where the reader may see it. */
  ticketId: id('tkt').nullable(),
  /** The newest absence notice of the last sixty days, until it is over. `until` is the last day away. */
  away: z.object({ until: z.iso.date().nullable(), notedAt: Time }).nullable(),
})
export type AddressFacts = z.infer<typeof AddressFacts>

export const listSuppressedAddresses = endpoint({
  method: 'GET',
  path: '/addresses/suppressed',
  permission: 'custody.read',
  summary: 'Addresses that mail is held back from or that refuse ours, last changed first.',
  query: z.strictObject({ ...paging, email: Email.optional() }),
  result: page(AddressFacts),
})

export const readAddresses = endpoint({
  method: 'GET',
  path: '/addresses',
  permission: 'tickets.read',
  summary: 'What is known of up to twenty addresses, in the order asked; `emails` parts them by commas.',
  query: z.strictObject({ emails: line(6000) }),
  result: z.object({ items: z.array(AddressFacts) }),
})

export const suppressAddress = endpoint({
  method: 'POST',
  path: '/addresses/suppressed',
  permission: 'contacts.write',
  summary: 'Hold automatic mail back from an address; `wrong` also makes a reply to it ask first.',
  body: z.strictObject({ email: Email, why: z.enum(['wrong', 'unwanted']) }),
  result: AddressFacts,
  status: 201,
})

export const liftSuppression = endpoint({
  method: 'POST',
  path: '/addresses/lift',
  permission: 'contacts.write',
  summary: 'Say that an address works and may be written to again.',
  body: z.strictObject({ email: Email }),
  result: AddressFacts,
})

import * as z from 'zod'
import { endpoint } from './endpoint.ts'
import { id } from './ids.ts'
import { Email, line, Time } from './list.ts'

/**
 * `opportunistic`: encrypted when the server offers it. `required`: encrypted, whoever signed the certificate. `verified`:
 * encrypted, with a certificate that holds for the server's name.
 */
export const TlsPolicy = z.enum(['opportunistic', 'required', 'verified'])
export type TlsPolicy = z.infer<typeof TlsPolicy>

export const Sender = z.object({
  mailboxId: id('box'),
  /** In From instead of the mailbox's name; `{agent}` stands for who writes. */
  displayName: z.string().nullable(),
  /** A server of its own; null for the desk's. */
  server: z
    .object({
      host: z.string(),
      port: z.number().int(),
      /** TLS from the first byte; otherwise STARTTLS. */
      secure: z.boolean(),
      tls: TlsPolicy,
      username: z.string().nullable(),
      hasPassword: z.boolean(),
    })
    .nullable(),
  /** Takes what comes back, instead of the mailbox itself. */
  bounceDomain: z.string().nullable(),
})
export type Sender = z.infer<typeof Sender>

const Domain = z
  .string()
  .max(253)
  .toLowerCase()
  .regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/, 'must be a domain')
const Host = z
  .string()
  .max(253)
  .regex(/^[A-Za-z0-9]([A-Za-z0-9.:-]*[A-Za-z0-9])?$/, 'must be the name or address of a server')
const MailboxParams = z.strictObject({ id: id('box') })

export const getSender = endpoint({
  method: 'GET',
  path: '/mailboxes/{id}/sender',
  permission: 'settings.write',
  summary: 'How a mailbox sends.',
  params: MailboxParams,
  result: Sender,
})

export const SenderInput = z.strictObject({
  displayName: line(100).nullable(),
  server: z
    .strictObject({
      host: Host,
      port: z.number().int().min(1).max(65_535),
      secure: z.boolean(),
      tls: TlsPolicy,
      username: line(254).nullable(),
      password: z.string().min(1).max(500).optional(),
    })
    .nullable(),
  bounceDomain: Domain.nullable(),
})
export type SenderInput = z.infer<typeof SenderInput>

export const saveSender = endpoint({
  method: 'PUT',
  path: '/mailboxes/{id}/sender',
  permission: 'settings.write',
  summary: 'Change how a mailbox sends. A password that is left out stays as it is.',
  params: MailboxParams,
  body: SenderInput,
  result: Sender,
})

export const SenderStep = z.object({
  step: z.enum(['connect', 'encrypt', 'sign_in', 'sender', 'recipient']),
  result: z.enum(['ok', 'failed', 'skipped']),
  /** What the server said or why it went wrong. */
  words: z.string(),
})
export type SenderStep = z.infer<typeof SenderStep>

export const testSender = endpoint({
  method: 'POST',
  path: '/mailboxes/{id}/sender/test',
  permission: 'settings.write',
  summary:
    'Speak to a mailbox’s mail server, or to one that it may get, up to where a mail would go out, and say how far it came. Sends and keeps nothing.',
  params: MailboxParams,
  body: z.strictObject({
    /** The recipient to ask about; the mailbox itself unless said. */
    recipient: Email.optional(),
    /** How it would send, to be tried before it is kept; what is kept unless said. A password left out is the stored one. */
    sender: SenderInput.optional(),
  }),
  result: z.object({ server: z.string(), steps: z.array(SenderStep) }),
})

export const DkimKey = z.object({
  domain: z.string(),
  selector: z.string(),
  algorithm: z.enum(['rsa', 'ed25519']),
  /** The TXT record to publish. */
  record: z.object({ name: z.string(), value: z.string() }),
  enabled: z.boolean(),
  retired: z.boolean(),
  /** When the record was last looked up, and what was wrong; null when it was right. */
  checkedAt: Time.nullable(),
  problem: z.string().nullable(),
  createdAt: Time,
})
export type DkimKey = z.infer<typeof DkimKey>

export const listDkimKeys = endpoint({
  method: 'GET',
  path: '/dkim-keys',
  permission: 'settings.write',
  summary: 'The keys that sign the mail of each sending domain.',
  result: z.object({ domains: z.array(z.string()), items: z.array(DkimKey) }),
})

export const createDkimKey = endpoint({
  method: 'POST',
  path: '/dkim-keys',
  permission: 'settings.write',
  summary: 'Make a key for a domain of a mailbox. It signs nothing until it is switched on.',
  body: z.strictObject({ domain: Domain, algorithm: z.enum(['rsa', 'ed25519']) }),
  result: DkimKey,
  status: 201,
})

const KeyParams = z.strictObject({ domain: line(253), selector: line(63) })

export const checkDkimKey = endpoint({
  method: 'POST',
  path: '/dkim-keys/{domain}/{selector}/check',
  permission: 'settings.write',
  summary: 'Look the key’s DNS record up now.',
  params: KeyParams,
  result: DkimKey,
})

export const switchDkimKey = endpoint({
  method: 'PATCH',
  path: '/dkim-keys/{domain}/{selector}',
  permission: 'settings.write',
  summary: 'Sign with a key whose DNS record is right, stop signing with it, or retire it for good.',
  params: KeyParams,
  body: z.strictObject({ enabled: z.boolean().optional(), retired: z.literal(true).optional() }),
  result: DkimKey,
})

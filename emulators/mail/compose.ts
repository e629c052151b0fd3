import { randomUUID } from 'node:crypto'
import { createTransport } from 'nodemailer'
import * as z from 'zod'
import type { Clock } from '../clock.ts'
import { spoofingDomain } from './dns.ts'
import { selector, type DomainKey } from './domain-key.ts'

const Address = z.string().min(1).max(320)
const Addresses = z.union([Address, z.array(Address).max(100)])

export const NewMail = z.strictObject({
  from: Address,
  fromName: z.string().max(500).optional(),
  to: Addresses,
  cc: Addresses.optional(),
  subject: z.string().max(10_000).default(''),
  text: z.string().optional(),
  html: z.string().optional(),
  inReplyTo: z.string().optional(),
  references: z.union([z.string(), z.array(z.string())]).optional(),
  attachments: z
    .array(z.strictObject({ name: z.string().max(500), type: z.string().max(200).optional(), base64: z.base64() }))
    .max(50)
    .optional(),
  messageId: z.string().max(900).optional(),
  date: z.iso.datetime({ offset: true }).optional(),
  headers: z.record(z.string(), z.string()).optional(),
  /** A whole message sent as it is, byte for byte (latin1); `from` and `to` are then the envelope only. */
  raw: z.string().optional(),
  /** Sent from a server of another domain and unsigned, as someone who only pretends to be `from`. */
  spoofed: z.boolean().optional(),
})
export type NewMail = z.infer<typeof NewMail>

export type Composed = { raw: Buffer; envelope: { from: string; to: string[] } }

/** The bytes a customer's mail program would hand over, signed with DKIM as an honest domain does. */
export async function compose(mail: NewMail, { clock, key }: { clock: Clock; key: DomainKey }): Promise<Composed> {
  const domain = mail.from.split('@').at(-1) || 'localhost'
  const envelope = {
    from: mail.spoofed ? `bulk@${spoofingDomain}` : mail.from,
    to: [mail.to, mail.cc ?? []].flat(),
  }
  if (mail.raw !== undefined) return { raw: Buffer.from(mail.raw, 'latin1'), envelope }
  const printer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  const { message } = await printer.sendMail({
    from: { name: mail.fromName ?? '', address: mail.from },
    to: mail.to,
    cc: mail.cc,
    subject: mail.subject,
    text: mail.text ?? (mail.html === undefined ? '' : undefined),
    html: mail.html,
    inReplyTo: mail.inReplyTo,
    references: mail.references,
    messageId: mail.messageId ?? `<${randomUUID()}@${domain}>`,
    date: mail.date === undefined ? new Date(clock.now()) : new Date(mail.date),
    headers: mail.headers,
    attachments: mail.attachments?.map(({ name, type, base64 }) => ({
      filename: name,
      contentType: type,
      content: Buffer.from(base64, 'base64'),
    })),
    dkim: mail.spoofed ? undefined : { domainName: domain, keySelector: selector, privateKey: key.privateKey },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return { raw: message as Buffer, envelope }
}

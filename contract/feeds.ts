import * as z from 'zod'
import { endpoint } from './endpoint.ts'
import { id } from './ids.ts'
import { Done, line, Time } from './list.ts'

/** `offered`: TLS where the server has it, else in the clear. */
export const FeedSecurity = z.enum(['tls', 'starttls', 'offered'])

const folder = line(250)

/** Http is allowed for this machine only: the request carries the client secret. */
const TokenUrl = z
  .string()
  .max(500)
  .refine((text) => {
    const url = URL.parse(text)
    return (
      url?.protocol === 'https:' ||
      (url?.protocol === 'http:' && /^(127\.0\.0\.1|localhost|\[::1\])$/.test(url.hostname))
    )
  }, 'must be an https address')

/** Secrets are never shown; left out in a change, they stay as they are. */
const Password = z.strictObject({ kind: z.literal('password'), password: z.string().min(1).max(1000).optional() })
const OAuth2 = z.strictObject({
  kind: z.literal('oauth2'),
  tokenUrl: TokenUrl,
  clientId: line(500),
  clientSecret: z.string().max(1000).optional(),
  refreshToken: z.string().min(1).max(5000).optional(),
})

export const FeedInput = z.strictObject({
  host: z
    .string()
    .trim()
    .max(253)
    .regex(/^[A-Za-z0-9.:-]+$/, 'must be a host name such as imap.example.com'),
  port: z.number().int().min(1).max(65535),
  security: FeedSecurity,
  verifyCertificate: z.boolean().optional(),
  user: line(250),
  auth: z.discriminatedUnion('kind', [Password, OAuth2]),
  folders: z.array(folder).min(1).max(20).optional(),
  readSent: z.boolean().optional(),
  sentFolder: folder.nullable().optional(),
  backfillSince: Time.nullable().optional(),
})
export type FeedInput = z.infer<typeof FeedInput>

export const FeedFolder = z.object({
  path: z.string(),
  role: z.enum(['inbox', 'sent']),
  /** On the server and ours to read, and how much of that is recorded, when they were last compared. */
  serverCount: z.number().nullable(),
  recordedCount: z.number().nullable(),
  reconciledAt: Time.nullable(),
  waiting: z.number(),
  unlisted: z.number(),
  /** Null where nothing of the past is being read. */
  backfill: z.object({ done: z.number(), total: z.number() }).nullable(),
})

export type FeedFolder = z.infer<typeof FeedFolder>

export const Feed = z.object({
  mailboxId: id('box'),
  host: z.string(),
  port: z.number(),
  security: FeedSecurity,
  verifyCertificate: z.boolean(),
  user: z.string(),
  auth: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('password') }),
    z.object({ kind: z.literal('oauth2'), tokenUrl: z.string(), clientId: z.string() }),
  ]),
  folders: z.array(z.string()),
  readSent: z.boolean(),
  sentFolder: z.string().nullable(),
  backfillSince: Time.nullable(),
  paused: z.boolean(),
  progress: z.array(FeedFolder),
})
export type Feed = z.infer<typeof Feed>

const OfMailbox = z.strictObject({ id: id('box') })

export const getFeed = endpoint({
  method: 'GET',
  path: '/mailboxes/{id}/feed',
  permission: 'settings.write',
  summary: 'How a mailbox is read over IMAP; null when it is not.',
  params: OfMailbox,
  result: z.object({ feed: Feed.nullable() }),
})

export const putFeed = endpoint({
  method: 'PUT',
  path: '/mailboxes/{id}/feed',
  permission: 'settings.write',
  summary: 'Read a mailbox over IMAP. Without `backfillSince` only mail that comes from now on is read.',
  params: OfMailbox,
  body: FeedInput,
  result: Feed,
})

export const testFeed = endpoint({
  method: 'POST',
  path: '/mailboxes/{id}/feed/test',
  permission: 'settings.write',
  summary: 'Try a connection without keeping it; secrets left out are those that are stored.',
  params: OfMailbox,
  body: FeedInput,
  result: z.object({
    works: z.boolean(),
    /** What is wrong, in a sentence. */
    problem: z.string().nullable(),
    folders: z.array(z.object({ path: z.string(), messages: z.number().nullable(), isSent: z.boolean() })),
  }),
})

export const runFeed = endpoint({
  method: 'POST',
  path: '/mailboxes/{id}/feed/run',
  permission: 'settings.write',
  summary: 'Read a mailbox at once and compare it with what is recorded.',
  params: OfMailbox,
  result: Done,
  status: 202,
})

export const pauseFeed = endpoint({
  method: 'POST',
  path: '/mailboxes/{id}/feed/pause',
  permission: 'settings.write',
  summary: 'Stop reading a mailbox for now, or go on.',
  params: OfMailbox,
  body: z.strictObject({ paused: z.boolean() }),
  result: Feed,
})

export const deleteFeed = endpoint({
  method: 'DELETE',
  path: '/mailboxes/{id}/feed',
  permission: 'settings.write',
  summary: 'Stop reading a mailbox over IMAP. What was read stays.',
  params: OfMailbox,
  result: Done,
})

export const MailboxHealth = z.object({
  mailboxId: id('box'),
  address: z.string(),
  by: z.enum(['smtp', 'imap']),
  state: z.enum(['ok', 'catching_up', 'starting', 'late', 'failing', 'drift', 'paused', 'off', 'smtp']),
  sentence: z.string(),
  advice: z.string().nullable(),
  lastSuccessAt: Time.nullable(),
  lastReceivedAt: Time.nullable(),
  failingSince: Time.nullable(),
  /** Seconds since the mailbox was last read to its end; null where that is not known. */
  lagSeconds: z.number().nullable(),
  /** Mails that are known to wait on the server. */
  backlog: z.number(),
  parked: z.number(),
  recorded: z.number(),
  folders: z.array(FeedFolder),
  /** What the server lists and does not hand out. */
  missing: z.array(z.object({ folder: z.string(), uid: z.number(), messageId: z.string().nullable(), since: Time })),
})
export type MailboxHealth = z.infer<typeof MailboxHealth>

export const getMailboxHealth = endpoint({
  method: 'GET',
  path: '/custody/health',
  permission: 'custody.read',
  summary: 'How each mailbox stands: when it was last read, what waits, what is wrong and what to do.',
  result: z.object({ mailboxes: z.array(MailboxHealth) }),
})

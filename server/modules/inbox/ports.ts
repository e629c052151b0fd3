import type { CalendarCard } from '#contract/calendar-card.ts'
import type { MailAddress, MailHeaders, MailReport, ReportParts } from './rules/mail-facts.ts'
import type { ReplySegment } from './rules/quoted-reply.ts'

export type { MailAddress, MailHeaders, MailReport, ReportParts }
// Rules about words that a channel applies while it reads, where a heavy message cannot hold up others.
export { answersSomething } from './rules/answers-something.ts'
export { findCards, maskCards } from './rules/card-masking.ts'
export { splitReply } from './rules/quoted-reply.ts'

export type InboundAttachment = {
  name: string
  type: string
  size: number
  /** Content-ID without angle brackets. */
  contentId?: string
  /** Meant to be seen inside the text rather than below it. */
  inline: boolean
  content: Uint8Array
}

/** Who handed the mail over and for whom: the SMTP envelope, not the headers. */
export type Envelope = {
  /** '' is the null return path. */
  from: string
  to: string[]
}

export type InboundMessage = {
  /** Message-ID without angle brackets; absent when the sender gave none. */
  providerId?: string
  /** RFC 3339 UTC, as the sender claims. */
  sentAt?: string
  from: MailAddress
  replyTo?: MailAddress[]
  to: MailAddress[]
  cc: MailAddress[]
  subject: string
  /** Always present; made from the HTML when the sender wrote no plain text. Card numbers are masked, as in all that is shown. */
  text: string
  /** What is new in the text, what is quoted and what is signature; joined they are the text. */
  segments: ReplySegment[]
  textFromHtml: boolean
  /** As written, for rules only: nothing may show or store it. */
  html?: string
  /** The HTML that may be shown, quotes folded; pictures of its own stand by the number of their attachment. Null: none, or too heavy. */
  shown: { html: string | null; remoteImages: number }
  /** A card number was written; it is masked in subject, text, HTML and file names. */
  cardMasked: boolean
  inReplyTo?: string
  /** Oldest first, as in the header. */
  references: string[]
  headers: MailHeaders
  report?: MailReport
  reportParts?: ReportParts
  /** The invitation that came with it. */
  calendar?: CalendarCard
  attachments: InboundAttachment[]
  envelope: Envelope
  rawSize: number
  /** What was repaired or dropped on the way, in words an agent can read. */
  warnings: string[]
}

export type ParseOutcome = { ok: true; message: InboundMessage } | { ok: false; reason: string }

export type OutboundAttachment = { name: string; type: string; content: Uint8Array; contentId?: string }

/** What signs a mail by DKIM. `privateKey` is PKCS#8 PEM. */
export type SigningKey = { domain: string; selector: string; algorithm: 'rsa' | 'ed25519'; privateKey: string }

/** A mail server to hand mail to; `secure` is TLS from the first byte, otherwise STARTTLS. */
export type SmtpServer = {
  host: string
  port: number
  secure: boolean
  tls: 'opportunistic' | 'required' | 'verified'
  auth?: { user: string; pass: string }
}

export type ProbeStep = {
  step: 'connect' | 'encrypt' | 'sign_in' | 'sender' | 'recipient'
  result: 'ok' | 'failed' | 'skipped'
  words: string
}

/** A message that is ready to leave; everything in it is fixed before the first try. */
export type OutboundMessage = {
  /** Message-ID without angle brackets. */
  messageId: string
  /** RFC 3339. */
  date: string
  from: MailAddress
  replyTo?: MailAddress
  to: MailAddress[]
  cc: MailAddress[]
  subject: string
  text: string
  html?: string
  inReplyTo?: string
  references: string[]
  /** Set for mail that no person wrote. */
  autoSubmitted?: 'auto-replied' | 'auto-generated'
  headers?: Record<string, string>
  attachments: OutboundAttachment[]
  /** An https address for RFC 8058's one click. */
  listUnsubscribe?: string
  signWith?: readonly SigningKey[]
}

export type ChannelCapabilities = { html: boolean; attachments: boolean; carbonCopy: boolean; threads: boolean }

/**
 * What the inbox needs from a channel. `read` never throws: what it cannot understand is parked with
 * the reason; `compose` gives the same bytes for the same message every time, so a retry is no second message.
 */
export type Channel = {
  id: 'email'
  title: string
  capabilities: ChannelCapabilities
  read(raw: Uint8Array, envelope: Envelope): Promise<ParseOutcome>
  compose(message: OutboundMessage): Promise<Uint8Array>
}

export type AuthVerdict = 'pass' | 'fail' | 'softfail' | 'neutral' | 'none' | 'temperror' | 'permerror' | 'unknown'

/** Whether a mail's sender is who it says. `aligned`: DMARC passes for the domain in From. */
export type MailAuthentication = {
  spf: AuthVerdict
  dkim: AuthVerdict
  dmarc: AuthVerdict
  aligned: boolean
  domain: string | null
}

/** A recipient that was refused by name. `later`: the refusal is said to pass. */
export type RefusedRecipient = { address: string; reason: string; later: boolean }

/**
 * What became of handing a mail to the next server. `retry`: refused or cut off before the final dot, nothing can have
 * arrived; `recipient` when it was for whom the mail is, or what it is, and not for the desk's own mail server. `unknown`:
 * the dot went out and no answer came back. `failed` names the recipients when it was them who were refused.
 */
export type Transmission =
  | { outcome: 'sent'; response: string; refused: RefusedRecipient[] }
  | { outcome: 'retry'; reason: string; answeredBy?: 'recipient' | 'nobody' }
  | { outcome: 'failed'; reason: string; refused?: RefusedRecipient[] }
  | { outcome: 'unknown'; reason: string }

export type QuotedMessage = { text: string; html?: string | null; author: string; date: string }

/** Everything the inbox needs from mail. */
export type MailPort = Channel & {
  /** Plain text and HTML of a reply with signature and quoted history. HTML in `body` is sanitised already. */
  replyBodies(input: {
    body: { text: string } | { html: string }
    signature?: string
    /** Stands below what was written and above the signature. */
    below?: { text: string; html: string }
    quoted?: QuotedMessage
    timeZone?: string
  }): { text: string; html: string }
  /** The HTML part as a whole document for mail programs; `text` is the plain part, for language and direction. */
  letter(html: string, text: string): string
  textOfHtml(html: string): string
  /** HTML of an agent or the API that is safe to show; remote images are withheld and counted. Null for HTML too heavy to look at. */
  sanitise(
    html: string,
    options: { attachmentUrl(contentId: string): string | undefined; maskCards?: boolean },
  ): { html: string | null; remoteImages: number }
  /** The HTML of a read message with the addresses of its attachments, which are known once it is filed. */
  placePictures(html: string, addressOf: (attachment: number) => string | undefined): string
  /** Sanitised HTML with its remote images back. */
  showRemoteImages(html: string): string
  /** Never throws and never takes long; what cannot be found out is `unknown`. */
  authenticate(
    raw: Uint8Array,
    envelope: { ip: string | null; helo: string | null; from: string },
  ): Promise<MailAuthentication>
  /** Hands a mail over. `beforeDot` is awaited after the body and before the final dot; if it throws, the dot is not sent. */
  transmit(
    raw: Uint8Array,
    /** `server`: another one than the desk's. */
    envelope: { from: string; to: string[]; server?: SmtpServer | undefined },
    hooks: { beforeDot(): Promise<void>; afterDot(): void },
  ): Promise<Transmission>
  /** How far a mail would come with a server, the desk's own when null. Sends nothing, never throws. */
  probe(
    server: SmtpServer | null,
    envelope: { from: string; to: string },
  ): Promise<{ server: string; steps: ProbeStep[] }>
  /** The TXT records of a name, asked for anew; none when there is no such name. Throws when nobody can say. */
  textRecords(name: string): Promise<string[]>
  /** Closes the connections that are kept open between mails. */
  close(): void
}

/** How a mailbox elsewhere is reached. `starttls` refuses to go on in the clear; `offered` encrypts where the server can. */
export type MailStoreAccess = {
  host: string
  port: number
  security: 'tls' | 'starttls' | 'offered'
  verifyCertificate: boolean
  user: string
  secret: { kind: 'password'; password: string } | { kind: 'token'; accessToken: string }
}

/** `specialUse` is what the server says the folder is for, such as \Sent; `messages` null where it does not say. */
export type StoredFolder = { path: string; specialUse: string | null; messages: number | null }

export type OpenedFolder = { uidValidity: number; uidNext: number; messages: number }

/** What is known of a stored mail before it is fetched. */
export type MailHead = {
  uid: number
  size: number
  arrivedAt: Temporal.Instant | null
  messageId: string | null
  /** It names a mail it answers or refers to. */
  answers: boolean
}

/** `to` is the last one meant; null for whatever there is. */
export type UidRange = { from: number; to: number | null }

/**
 * One connection to a mailbox elsewhere. Nothing here marks, moves or deletes. Everything throws UpstreamError with a
 * sentence, `retryable: false` for a refused sign-in, and a connection that has thrown is of no use any more.
 */
export type MailStoreSession = {
  folders(): Promise<StoredFolder[]>
  /** Opens a folder for reading, which also asks the server afresh what is in it. */
  open(path: string): Promise<OpenedFolder>
  /** The UIDs in the open folder, ascending; with `since` those that arrived on that day (give or take one) or later. */
  uids(range: UidRange, since?: Temporal.Instant | null): Promise<number[]>
  /** In ascending order; a UID that the server does not answer for is left out. */
  heads(uids: readonly number[]): Promise<MailHead[]>
  /** One mail at a time, as it comes; the next is read when it is asked for. */
  mails(uids: readonly number[]): AsyncGenerator<{ uid: number; raw: Uint8Array }>
  /** Until the server says that the open folder has changed, `ms` have passed or `signal` is aborted. */
  wait(ms: number, signal: AbortSignal): Promise<void>
  close(): Promise<void>
}

export type TokenGrant = { tokenUrl: string; clientId: string; clientSecret: string; refreshToken: string }

/** Mailboxes kept by somebody else, read over IMAP. */
export type MailStore = {
  connect(access: MailStoreAccess): Promise<MailStoreSession>
  /** An access token; `refreshToken` where the server gave a new one, which replaces the old. */
  accessToken(
    grant: TokenGrant,
  ): Promise<{ accessToken: string; expiresInSeconds: number; refreshToken: string | null }>
}

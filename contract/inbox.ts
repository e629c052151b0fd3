import * as z from 'zod'
import { CalendarCard } from './calendar-card.ts'
import { endpoint } from './endpoint.ts'
import { Segment } from './customers.ts'
import { LedgerEvent } from './events.ts'
import { id } from './ids.ts'
import { MessageFlag } from './message-flags.ts'
import { Done, Email, line, page, paging, prose, Time } from './list.ts'

export const TicketStatus = z.enum(['new', 'open', 'pending', 'on_hold', 'solved', 'closed'])
export type TicketStatus = z.infer<typeof TicketStatus>
export const Priority = z.enum(['low', 'normal', 'high', 'urgent'])
export type Priority = z.infer<typeof Priority>
export const Channel = z.enum(['email', 'api'])

export const Clock = z.object({
  target: z.enum(['first_reply', 'next_reply', 'resolution']),
  state: z.enum(['running', 'paused', 'fulfilled', 'breached', 'cancelled']),
  dueAt: Time.nullable(),
  /** Time that has counted against the target so far, on the target's own clock. */
  elapsedMs: z.number().nullable(),
})

export const TicketRow = z.object({
  id: id('tkt'),
  number: z.number(),
  subject: z.string(),
  status: TicketStatus,
  priority: Priority,
  type: z.string().nullable(),
  segment: Segment,
  channel: Channel,
  requester: z.object({ id: id('con'), name: z.string(), email: z.string().nullable() }),
  accountId: id('acc').nullable(),
  accountName: z.string().nullable(),
  assigneeId: id('agt').nullable(),
  assigneeName: z.string().nullable(),
  teamId: id('tea'),
  tags: z.array(z.string()),
  clocks: z.array(Clock),
  /** Where the ticket stands in the queue; null when nothing is due. */
  urgentAt: Time.nullable(),
  /** One line of the last message and who spoke. */
  preview: z.string(),
  lastAuthor: z.enum(['contact', 'agent', 'system']),
  /** Something only its owner can settle: a delivery that failed or that nobody can know about. */
  attention: z.enum(['delivery_unknown', 'delivery_failed']).nullable(),
  createdAt: Time,
  updatedAt: Time,
  solvedAt: Time.nullable(),
})
export type TicketRow = z.infer<typeof TicketRow>

export const LinkKind = z.enum(['follow_up', 'possible_reply', 'same_mail', 'broadcast', 'split'])
export type LinkKind = z.infer<typeof LinkKind>

export const Ticket = TicketRow.extend({
  links: z.array(z.object({ kind: LinkKind, ticketId: id('tkt'), number: z.number() })),
  /** The ticket it was merged into, with all its messages; null unless merged away. */
  mergedInto: z.object({ id: id('tkt'), number: z.number(), subject: z.string() }).nullable(),
  mailboxId: id('box').nullable(),
  closesAt: Time.nullable(),
  reopened: z.number(),
  rating: z.object({ score: z.number(), comment: z.string().nullable(), at: Time }).nullable(),
  version: z.number(),
})
export type Ticket = z.infer<typeof Ticket>

export const Address = z.object({ email: z.string(), name: z.string().nullable() })
export const AddressInput = z.strictObject({ email: Email, name: line(200).nullable().optional() })

export const Attachment = z.object({
  id: id('att'),
  name: z.string(),
  type: z.string(),
  size: z.number(),
  inline: z.boolean(),
  /** Signed and short-lived. */
  url: z.string(),
})
export type Attachment = z.infer<typeof Attachment>

const verdict = z.enum(['pass', 'fail', 'softfail', 'neutral', 'none', 'temperror', 'permerror', 'unknown'])

export const Delivery = z.object({
  state: z.enum(['scheduled', 'queued', 'handing_over', 'sent', 'unknown', 'failed', 'bounced', 'cancelled']),
  at: Time,
  /** When a scheduled reply leaves; until then it can be taken back. */
  leavesAt: Time.nullable(),
  attempts: z.number(),
  /** The next try of a mail that was put off. */
  retryAt: Time.nullable(),
  error: z.string().nullable(),
})
export type Delivery = z.infer<typeof Delivery>

export const Proposal = z.object({
  kind: z.literal('split'),
  state: z.enum(['open', 'kept', 'split']),
  ticketSubject: z.string(),
  mailSubject: z.string(),
})

export const MailExtras = z.object({
  /** Where its sender asks for answers, when that is not From. */
  replyTo: z.array(Address).optional(),
  /** The address of ours it was written to, when that is not the mailbox's own. */
  deliveredTo: z.string().optional(),
  forwardedBy: z.object({ agentId: id('agt'), name: z.string() }).optional(),
  /** Whoever wrote what it passes on, where nothing proves that the colleague it names did so. */
  originalSender: Address.optional(),
  /** What is wrong with the name its sender goes by. */
  nameTrick: z.string().optional(),
  calendar: CalendarCard.optional(),
})

export const Message = z.object({
  id: id('msg'),
  ticketId: id('tkt'),
  kind: z.enum(['inbound', 'reply', 'note', 'auto']),
  channel: Channel,
  author: z.object({ kind: z.enum(['contact', 'agent', 'system']), id: z.string().nullable(), name: z.string() }),
  from: Address.nullable(),
  to: z.array(Address),
  cc: z.array(Address),
  /** Everything that was written, in order. */
  text: z.string(),
  /** How `text` falls into what is new, quoted and signature: lengths in UTF-16 units, in order, summing to all of it. */
  parts: z.array(z.object({ kind: z.enum(['reply', 'quote', 'signature']), length: z.number().int() })),
  /** Sanitised. Remote images are withheld until allowed. */
  html: z.string().nullable(),
  remoteImages: z.object({ count: z.number(), allowed: z.boolean() }),
  attachments: z.array(Attachment),
  /** The Message-ID of a mail, without angle brackets. */
  providerId: z.string().nullable(),
  auth: z
    .object({ spf: verdict, dkim: verdict, dmarc: verdict, aligned: z.boolean(), domain: z.string().nullable() })
    .nullable(),
  /** What a mail says beside its text. */
  mail: MailExtras.nullable(),
  /** Why this message is in this ticket. */
  threading: z.object({ rule: z.string(), reason: z.string(), matchedKey: z.string().nullable() }).nullable(),
  flags: z.array(MessageFlag),
  /** For an absence notice: the last day away, null when it does not say. */
  absence: z.object({ until: z.iso.date().nullable() }).nullable(),
  /** Its subject and topic are other ones than the ticket's: it may want a ticket of its own. */
  proposal: Proposal.nullable(),
  delivery: Delivery.nullable(),
  createdAt: Time,
})
export type Message = z.infer<typeof Message>

export const TicketParams = z.strictObject({ id: id('tkt') })
const MessageParams = z.strictObject({ id: id('msg') })
const Tag = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}_-]{0,39}$/u, 'must be letters, digits, - or _')

export const viewIds = ['next', 'mine', 'unassigned', 'open', 'pending', 'attention', 'solved', 'all'] as const
export const ViewId = z.enum(viewIds)
export type ViewId = z.infer<typeof ViewId>

export const listViews = endpoint({
  method: 'GET',
  path: '/views',
  permission: 'tickets.read',
  summary: 'The views with their counts, exact to 1,000.',
  result: z.object({
    items: z.array(z.object({ id: ViewId, count: z.number(), more: z.boolean() })),
  }),
})

export const listTickets = endpoint({
  method: 'GET',
  path: '/tickets',
  permission: 'tickets.read',
  summary: 'Tickets of a view, or filtered; the order is the view’s.',
  query: z.strictObject({
    ...paging,
    view: ViewId.optional(),
    status: TicketStatus.optional(),
    assigneeId: id('agt').optional(),
    teamId: id('tea').optional(),
    requesterId: id('con').optional(),
    accountId: id('acc').optional(),
  }),
  result: page(TicketRow),
})

export const NewBody = {
  text: prose(200_000).optional(),
  html: prose(400_000).optional(),
}

export const createTicket = endpoint({
  method: 'POST',
  path: '/tickets',
  permission: 'tickets.write',
  summary: 'Open a ticket: inbound for a customer who asked elsewhere, outbound to write first.',
  body: z.strictObject({
    subject: line(500),
    requester: z.strictObject({ email: Email, name: line(200).optional() }),
    direction: z.enum(['inbound', 'outbound']),
    /** Write although the address does not work or complained. */
    sendAnyway: z.boolean().optional(),
    message: z.strictObject(NewBody),
    teamId: id('tea').optional(),
    priority: Priority.optional(),
    tags: z.array(Tag).max(30).optional(),
  }),
  result: Ticket,
  status: 201,
})

export const getTicket = endpoint({
  method: 'GET',
  path: '/tickets/{id}',
  permission: 'tickets.read',
  summary: 'One ticket.',
  params: TicketParams,
  result: Ticket,
})

export const updateTicket = endpoint({
  method: 'PATCH',
  path: '/tickets/{id}',
  permission: 'tickets.write',
  summary: 'Change status, priority, owner, team, tags or subject. Closing is the desk’s own doing.',
  params: TicketParams,
  body: z.strictObject({
    status: z.enum(['open', 'pending', 'on_hold', 'solved']).optional(),
    priority: Priority.optional(),
    assigneeId: id('agt').nullable().optional(),
    teamId: id('tea').optional(),
    tags: z.array(Tag).max(30).optional(),
    subject: line(500).optional(),
  }),
  result: Ticket,
})

export const listMessages = endpoint({
  method: 'GET',
  path: '/tickets/{id}/messages',
  permission: 'tickets.read',
  summary: 'The messages of a ticket, oldest first; `order=newest` pages from the end.',
  params: TicketParams,
  query: z.strictObject({ ...paging, order: z.enum(['oldest', 'newest']).optional() }),
  result: page(Message),
})

export const createMessage = endpoint({
  method: 'POST',
  path: '/tickets/{id}/messages',
  permission: 'tickets.write',
  summary: 'Reply to the customer, or leave a note that never leaves this desk.',
  params: TicketParams,
  body: z.strictObject({
    kind: z.enum(['reply', 'note']),
    ...NewBody,
    to: z.array(AddressInput).min(1).max(50).optional(),
    cc: z.array(AddressInput).max(50).optional(),
    attachments: z.array(id('att')).max(20).optional(),
    /** The mailbox it leaves from; the ticket’s unless said. */
    mailboxId: id('box').optional(),
    /** The subject it leaves under; the ticket’s unless said. */
    subject: line(500).optional(),
    /**
     * It is one of many like it: to one address it can be unsubscribed from, and who did so is asked about first. Refused
     * for several visible recipients unless all are of one account; then each answer opens a ticket of its own.
     */
    broadcast: z.boolean().optional(),
    /** Send it although an address does not work or complained. */
    sendAnyway: z.boolean().optional(),
    /** Set the status together with the reply. */
    status: z.enum(['open', 'pending', 'solved']).optional(),
  }),
  result: Message,
  status: 201,
})

export const replyDefaults = endpoint({
  method: 'GET',
  path: '/tickets/{id}/reply-defaults',
  permission: 'tickets.write',
  summary: 'Who a reply would go to, and the signature it would carry.',
  params: TicketParams,
  result: z.object({
    from: Address.nullable(),
    to: z.array(Address),
    cc: z.array(Address),
    signature: z.string(),
    /** The subject an answer leaves under unless said otherwise. */
    subject: z.string(),
    /** The subject of the mail it answers, when that is another one. */
    otherSubject: z.string().nullable(),
    /** Where the sender asks for answers instead of at From, and what an agent decided about it. */
    asked: z.object({ address: Address, from: z.string(), choice: z.enum(['use', 'keep']).nullable() }).nullable(),
  }),
})

export const chooseAnswerAddress = endpoint({
  method: 'PUT',
  path: '/tickets/{id}/answer-address',
  permission: 'tickets.write',
  summary:
    'Decide whether answers go where the sender of the last mail asks for them. It holds for that sender and address.',
  params: TicketParams,
  body: z.strictObject({ choice: z.enum(['use', 'keep']) }),
  result: Done,
})

export const listTicketEvents = endpoint({
  method: 'GET',
  path: '/tickets/{id}/events',
  permission: 'tickets.read',
  summary: 'The ledger of one ticket, oldest first.',
  params: TicketParams,
  query: z.strictObject(paging),
  result: page(LedgerEvent),
})

export const undoSend = endpoint({
  method: 'POST',
  path: '/messages/{id}/undo',
  permission: 'tickets.write',
  summary: 'Take a reply back before it leaves; its text becomes your draft again.',
  params: MessageParams,
  result: Done,
})

export const resendMessage = endpoint({
  method: 'POST',
  path: '/messages/{id}/resend',
  permission: 'tickets.write',
  summary: 'Send a failed or unknown mail again, under the same Message-ID.',
  params: MessageParams,
  body: z.strictObject({
    /** Send it although an address does not work or complained. */
    sendAnyway: z.boolean().optional(),
  }),
  result: Message,
})

export const settleDelivery = endpoint({
  method: 'POST',
  path: '/messages/{id}/settle',
  permission: 'tickets.write',
  summary: 'Say that an unknown delivery did arrive.',
  params: MessageParams,
  result: Message,
})

export const keepMessage = endpoint({
  method: 'POST',
  path: '/messages/{id}/keep-here',
  permission: 'tickets.write',
  summary: 'Decline the proposal to give a message with another subject a ticket of its own.',
  params: MessageParams,
  result: Message,
})

export const allowRemoteImages = endpoint({
  method: 'POST',
  path: '/messages/{id}/remote-images',
  permission: 'tickets.read',
  summary: 'The message with its remote images, for this reading only.',
  params: MessageParams,
  result: Message,
})

export const uploadAttachment = endpoint({
  method: 'POST',
  path: '/tickets/{id}/attachments',
  permission: 'tickets.write',
  summary: 'Upload a file for a reply; 18 MB at most. It is kept for a day, and for as long as a draft names it.',
  params: TicketParams,
  body: z.strictObject({ name: line(255), type: z.string().max(200), base64: z.base64() }),
  result: Attachment,
  status: 201,
  maxBody: 25 * 1024 * 1024,
})

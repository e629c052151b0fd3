import type { Id } from '#contract/ids.ts'
import type { TicketStatus } from '#contract/inbox.ts'
import type { Desk } from '#server/desk.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import type { InboundMessage } from '../ports.ts'
import { normaliseAddress } from '../rules/address.ts'
import { parseOwnMessageId, parseReplyAddress, type Sign } from '../rules/message-id.ts'
import type { ThreadMatch, ThreadTicket } from '../rules/threading.ts'
import type { ReportedMessage } from './reported-messages.ts'

type Key = { via: ThreadMatch['via']; key: string; ticketUuid: string | null }

/** How long after its answer a mail may come and still be put before it. */
const lateDays = 7

/**
 * Every ticket that a key of this mail leads to: our signed ids, messages this mailbox knows, messages that answer it and
 * came first. One statement for all of them.
 */
export async function findThreadMatches(
  desk: Desk,
  sourceId: Id<'box'>,
  mail: InboundMessage,
  sign: Sign,
  /** What a bounce was found to be about, when it does not name it by a Message-ID. */
  reported: readonly ReportedMessage[] = [],
): Promise<ThreadMatch[]> {
  const keys = [...keysOf(mail, sign), ...foundOut(reported)]
  if (keys.length === 0 && mail.providerId === undefined) return []
  const tickets = await readThreadTickets(desk, sourceId, keys, mail)
  const matches = keys.flatMap(({ via, key, ticketUuid }): ThreadMatch[] => {
    // Where the message is now, which a correction may have changed since its id named a ticket.
    const holder = tickets.find(({ found }) => found?.some((one) => one.key === key))
    const row = holder ?? tickets.find(({ id }) => id === ticketUuid)
    if (!row) return []
    const broadcast = broadcastOf(row, key)
    // What was part of this mailbox stays so in whatever ticket it is now.
    const mailboxId = holder ? sourceId : mailboxOf(row)
    const ticket = { ...present(afterMerges(tickets, row)), mailboxId }
    return [{ via, key, ticket, ...(broadcast ? { broadcast } : {}) }]
  })
  const sender = normaliseAddress(mail.from.address)
  for (const row of tickets) {
    if (row.answering && mail.providerId !== undefined)
      matches.push({ via: 'answered_by', key: mail.providerId, ticket: present(row) })
    if (row.broadcast_of && normaliseAddress(row.requester ?? '') === sender)
      matches.push({
        via: 'own_broadcast',
        key: idOf('tkt', row.broadcast_of),
        ticket: present(afterMerges(tickets, row)),
      })
  }
  return matches
}

/** The ticket that has everything now, however often it was merged on. */
function afterMerges(tickets: readonly Row[], row: Row): Row {
  const into = row.merged_into_id && tickets.find(({ id }) => id === row.merged_into_id)
  return into ? afterMerges(tickets, into) : row
}

function foundOut(reported: readonly ReportedMessage[]): Key[] {
  return reported
    .filter(({ via }) => via !== 'reported')
    .map(({ via, providerId, ticketId }) => ({ via, key: providerId, ticketUuid: uuidOf(ticketId) }))
}

function keysOf(mail: InboundMessage, sign: Sign): Key[] {
  const keys: Key[] = []
  const add = (via: ThreadMatch['via'], id: string) => {
    const own = parseOwnMessageId(id, sign)
    if (own) keys.push({ via: via === 'reported' ? 'reported' : 'own_message_id', key: id, ticketUuid: own.ticketId })
    else keys.push({ via, key: id, ticketUuid: null })
  }
  for (const id of mail.report?.originalMessageIds ?? []) add('reported', id)
  const addressed = [...mail.envelope.to, ...[...mail.to, ...mail.cc].map(({ address }) => address)]
  for (const address of new Set(addressed)) {
    const own = parseReplyAddress(address, sign)
    if (own) keys.push({ via: 'reply_address', key: address, ticketUuid: own.ticketId })
  }
  if (mail.inReplyTo) add('in_reply_to', mail.inReplyTo)
  for (const id of mail.references.toReversed().slice(0, 50)) if (id !== mail.inReplyTo) add('references', id)
  return keys
}

type Row = {
  id: string
  number: number
  source_id: string | null
  status: TicketStatus
  solved_at: Temporal.Instant | null
  deleted: boolean
  merged_into_id: string | null
  subject: string
  requester: string | null
  participants: string[]
  domains: string[]
  /** The keys of this mail that messages of the ticket carry, with what those messages are marked with. */
  found: { key: string; flags: string[] }[] | null
  answering: boolean
  /** The broadcast that the ticket answers, when one of the keys belongs to that. */
  broadcast_of: string | null
  answers_broadcast: boolean
}

const statement = `with recursive found as materialized (
    select m.ticket_id, m.provider_id as key, m.flags, m.created_at from messages m
    where m.source_id = $1 and m.provider_id = any($2::text[])
  ), answering as materialized (
    select m.ticket_id from messages m
    where m.source_id = $1 and m.in_reply_to = $4 and m.kind = 'inbound' and m.created_at > $5
  ), named as materialized (
    select ticket_id from found union select unnest($3::uuid[])
  ), siblings as materialized (
    select l.ticket_id, l.other_id from ticket_links l join named n on n.ticket_id = l.other_id
    join ticket_participants p on p.ticket_id = l.ticket_id and p.email = $6 and p.kind = 'requester'
    where l.kind = 'broadcast'
  ), reached as (
    (select ticket_id from named union select ticket_id from answering union select ticket_id from siblings)
    union select t.merged_into_id from reached r join tickets t on t.id = r.ticket_id where t.merged_into_id is not null
  )
  select t.id, t.number, t.source_id, t.status, t.solved_at, t.deleted_at is not null as deleted, t.merged_into_id, t.subject,
    (select email from ticket_participants p where p.ticket_id = t.id and p.kind = 'requester' limit 1) as requester,
    array(select email from ticket_participants p where p.ticket_id = t.id) as participants,
    array(select domain from account_domains d where d.account_id = t.account_id and d.confirmed) as domains,
    (select jsonb_agg(jsonb_build_object('key', f.key, 'flags', f.flags) order by f.created_at) from found f
       where f.ticket_id = t.id) as found,
    exists (select from answering a where a.ticket_id = t.id) as answering,
    (select s.other_id from siblings s where s.ticket_id = t.id limit 1) as broadcast_of,
    exists (select from ticket_links l where l.ticket_id = t.id and l.kind = 'broadcast') as answers_broadcast
  from tickets t where t.id in (select ticket_id from reached) order by t.created_at desc`

async function readThreadTickets(
  desk: Desk,
  sourceId: Id<'box'>,
  keys: readonly Key[],
  mail: InboundMessage,
): Promise<Row[]> {
  const { rows } = await desk.connection.query<Row>({
    name: 'thread-tickets',
    text: statement,
    values: [
      uuidOf(sourceId),
      [...new Set(keys.map(({ key }) => key))],
      [...new Set(keys.flatMap(({ ticketUuid }) => ticketUuid ?? []))],
      mail.providerId ?? null,
      desk
        .now()
        .subtract({ hours: 24 * lateDays })
        .toString(),
      normaliseAddress(mail.from.address),
    ],
  })
  return rows
}

function broadcastOf(row: Row, key: string): ThreadMatch['broadcast'] {
  const flags = row.found?.find((one) => one.key === key)?.flags ?? []
  if (flags.includes('broadcast')) return 'ours'
  return flags.includes('list') ? 'list' : undefined
}

function mailboxOf(row: Row): Id<'box'> | null {
  return row.source_id ? idOf('box', row.source_id) : null
}

function present(row: Row): ThreadTicket {
  return {
    ticketId: idOf('tkt', row.id),
    number: row.number,
    mailboxId: mailboxOf(row),
    status: row.status,
    solvedAt: row.solved_at,
    subject: row.subject,
    participants: row.participants,
    accountDomains: row.domains,
    ...(row.requester ? { requester: row.requester } : {}),
    answersBroadcast: row.answers_broadcast,
    deleted: row.deleted,
  }
}

import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import type { InboundMessage } from '../ports.ts'
import { parseBounceAddress } from '../rules/bounce-address.ts'
import type { MailFailure } from '../rules/bounce-facts.ts'
import { parseOwnMessageId, type Sign } from '../rules/message-id.ts'
import { normaliseSubject } from '../rules/subject.ts'

/** A mail of ours that a report is about. */
export type ReportedMessage = {
  messageId: Id<'msg'>
  ticketId: Id<'tkt'>
  providerId: string
  kind: 'reply' | 'auto'
  recipients: string[]
  /** How it was found; a guess shows where the bounce belongs and proves nothing. */
  via: 'reported' | 'bounce_address' | 'guessed'
}

type Row = {
  id: string
  ticket_id: string
  provider_id: string
  kind: 'reply' | 'auto'
  subject: string
  recipients: string[]
}

const columns = `m.id, m.ticket_id, m.provider_id, m.kind, d.subject,
  array(select distinct lower(a ->> 'email') from jsonb_array_elements(m.to_addresses || m.cc_addresses) a) as recipients`

/**
 * The mails of this mailbox that a bounce or complaint is about: by the Message-ID it returns, by the bounce address it came
 * to, or, where it says neither, by recipient and subject when exactly one mail of the last ten days fits.
 */
export async function findReportedMessages(
  desk: Desk,
  sourceId: Id<'box'>,
  mail: InboundMessage,
  failures: readonly MailFailure[],
  sign: Sign,
): Promise<ReportedMessage[]> {
  const returned = mail.report?.originalMessageIds ?? []
  const byId = await readMessages(desk, sourceId, {
    providerIds: returned,
    uuids: returned.flatMap((id) => parseOwnMessageId(id, sign)?.messageId ?? []),
  })
  if (byId.length > 0) return byId.map((row) => present(row, 'reported'))
  const addressed = [...mail.envelope.to, ...mail.to.map(({ address }) => address)]
  const uuids = addressed.flatMap((address) => parseBounceAddress(address, sign)?.messageId ?? [])
  const byAddress = uuids.length > 0 ? await readMessages(desk, sourceId, { providerIds: [], uuids }) : []
  if (byAddress.length > 0) return byAddress.map((row) => present(row, 'bounce_address'))
  const guessed = await guess(desk, sourceId, mail, failures)
  return guessed ? [present(guessed, 'guessed')] : []
}

async function readMessages(
  desk: Desk,
  sourceId: Id<'box'>,
  keys: { providerIds: string[]; uuids: string[] },
): Promise<Row[]> {
  if (keys.providerIds.length + keys.uuids.length === 0) return []
  const { rows } = await desk.connection.query<Row>({
    name: 'reported-messages',
    text: `select ${columns} from messages m join deliveries d on d.message_id = m.id
      where m.source_id = $1 and (m.provider_id = any($2) or m.id = any($3::uuid[])) limit 20`,
    values: [uuidOf(sourceId), keys.providerIds, keys.uuids.filter(isUuid)],
  })
  return rows
}

async function guess(
  desk: Desk,
  sourceId: Id<'box'>,
  mail: InboundMessage,
  failures: readonly MailFailure[],
): Promise<Row | undefined> {
  if (failures.length === 0) return undefined
  const { rows } = await desk.connection.query<Row>({
    name: 'guess-reported-message',
    text: `select ${columns} from deliveries d join messages m on m.id = d.message_id
      where m.source_id = $1 and d.state in ('sent', 'unknown', 'bounced') and d.ticket_id = any(array(
        select t.id from tickets t where t.requester_id = any(array(
          select i.contact_id from contact_identities i where i.kind = 'email' and i.value = any($2)))
        order by t.updated_at desc limit 200))
      and m.created_at > $3 order by m.created_at desc limit 200`,
    values: [uuidOf(sourceId), failures.map(({ address }) => address), desk.now().subtract({ hours: 240 }).toString()],
  })
  const to = rows.filter((row) => failures.some(({ address }) => row.recipients.includes(address)))
  const subject = subjectOf(mail.reportParts?.returned ?? '') ?? subjectOf(mail.text)
  const fits = subject === undefined ? to : to.filter((row) => normaliseSubject(row.subject) === subject)
  return fits.length === 1 ? fits[0] : undefined
}

function subjectOf(text: string): string | undefined {
  const line = /^[ \t>]*subject:[ \t]*(.+)$/im.exec(text)?.[1]
  // An encoded subject is not decoded here; it narrows nothing.
  return line === undefined || line.includes('=?') ? undefined : normaliseSubject(line)
}

function present(row: Row, via: ReportedMessage['via']): ReportedMessage {
  return {
    messageId: idOf('msg', row.id),
    ticketId: idOf('tkt', row.ticket_id),
    providerId: row.provider_id,
    kind: row.kind,
    recipients: row.recipients,
    via,
  }
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
}

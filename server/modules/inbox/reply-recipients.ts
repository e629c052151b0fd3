import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { teamSignature } from '#modules/team/index.ts'
import { idOf, uuidOf } from '#platform/ids.ts'
import { storedAddress } from './filing/mail-content.ts'
import { addressesOf, ownMailboxes, type OwnMailbox } from './own-addresses.ts'
import { aliasAmong } from './rules/own-mailboxes.ts'
import { defaultRecipients } from './rules/reply-recipients.ts'
import type { MailExtras, Proposal } from './rules/mail-extras.ts'
import type { StoredAddress } from './tables.ts'

export type ReplyDefaults = {
  mailbox: OwnMailbox | null
  /** The address an answer leaves from: the mailbox's, or the alias the customer wrote to. */
  fromAddress: string | null
  to: StoredAddress[]
  cc: StoredAddress[]
  signature: string
  /** The message a reply answers and quotes; null when there is none to answer. */
  last: { id: Id<'msg'>; providerId: string | null; references: string[] } | null
  reason: string
  /** Somebody outside has written in the ticket. */
  answered: boolean
  subject: string
  /** The subject of the mail it answers, when that opened a topic of its own. */
  otherSubject: string | null
  /** Where the sender of that mail asks for answers instead; used only after an agent agreed. */
  asked: StoredAddress | null
  askedChoice: 'use' | 'keep' | null
  /** The address that mail came from. */
  askedBy: string | null
  /** Who wrote that mail. */
  writer: Id<'con'> | null
}

type LastRow = {
  id: string
  kind: 'inbound' | 'reply'
  provider_id: string | null
  references: string[]
  from_address: StoredAddress | null
  to_addresses: StoredAddress[]
  cc_addresses: StoredAddress[]
  proposal: Proposal | null
  mail: MailExtras | null
  contact_id: string | null
  choice: 'use' | 'keep' | null
}

/** Who a reply on this ticket goes to unless the agent says otherwise, from which mailbox and under which signature. */
export async function replyDefaults(desk: Desk, ticketId: Id<'tkt'>): Promise<ReplyDefaults> {
  const { rows } = await desk.connection.query<{
    source_id: string | null
    team_id: string
    subject: string
    answered: boolean
    name: string
    email: string | null
  }>({
    name: 'reply-ticket',
    text: `select t.source_id, t.team_id, t.subject, c.name, c.email,
      exists (select from messages m where m.ticket_id = t.id and m.kind = 'inbound') as answered
    from tickets t join contacts c on c.id = t.requester_id where t.id = $1`,
    values: [uuidOf(ticketId)],
  })
  const ticket = rows[0]
  const last = await lastMail(desk, ticketId)
  const mailboxes = await ownMailboxes(desk)
  const own = mailboxes.find((mailbox) => ticket?.source_id && mailbox.id === idOf('box', ticket.source_id))
  const asRule = ({ email, name }: StoredAddress) => ({ address: email, name: name ?? '' })
  const asked = last?.kind === 'inbound' ? (last.mail?.replyTo?.[0] ?? null) : null
  const decided = defaultRecipients({
    requester: { address: ticket?.email ?? '', name: ticket?.name ?? '' },
    ownAddresses: [...addressesOf(mailboxes), ...(last?.mail?.deliveredTo ? [last.mail.deliveredTo] : [])],
    ...(last
      ? {
          last:
            last.kind === 'inbound' && last.from_address
              ? {
                  direction: 'inbound' as const,
                  from: asRule(last.from_address),
                  ...(asked && last.choice === 'use' ? { replyTo: [asRule(asked)] } : {}),
                  to: last.to_addresses.map(asRule),
                  cc: last.cc_addresses.map(asRule),
                }
              : {
                  direction: 'outbound' as const,
                  to: last.to_addresses.map(asRule),
                  cc: last.cc_addresses.map(asRule),
                },
        }
      : {}),
  })
  const mailbox = own ?? mailboxes.find((candidate) => candidate.enabled) ?? null
  const alias = mailbox?.answerFromAlias ? aliasAmong(mailbox, last?.mail?.deliveredTo) : undefined
  return {
    mailbox,
    fromAddress: alias ?? mailbox?.address ?? null,
    to: decided.to.filter(({ address }) => address.includes('@')).map(storedAddress),
    cc: decided.cc.map(storedAddress),
    signature: ticket ? await teamSignature(desk, idOf('tea', ticket.team_id)) : '',
    last: last && { id: idOf('msg', last.id), providerId: last.provider_id, references: last.references },
    reason: decided.reason,
    answered: ticket?.answered ?? false,
    subject: last ? asReply(ticket?.subject ?? '') : (ticket?.subject ?? ''),
    asked,
    askedChoice: last?.choice ?? null,
    askedBy: asked ? (last?.from_address?.email ?? null) : null,
    writer: last?.kind === 'inbound' && last.contact_id ? idOf('con', last.contact_id) : null,
    otherSubject: last?.proposal ? asReply(last.proposal.mailSubject) : null,
  }
}

function asReply(subject: string): string {
  return `Re: ${subject.replace(/^\s*(re\s*:\s*)+/i, '')}`
}

/**
 * The latest mail a person wrote, either way; automatic mail and reports are not what a reply answers. What went to a third
 * party or came from one is not either: it would be quoted to the customer.
 */
async function lastMail(desk: Desk, ticketId: Id<'tkt'>): Promise<LastRow | null> {
  const { rows } = await desk.connection.query<LastRow>({
    name: 'last-mail',
    text: `select m.id, m.kind, m.provider_id, m."references", m.from_address, m.to_addresses, m.cc_addresses,
      m.proposal, m.mail, c.id as contact_id,
      (select a.choice from answer_choices a where m.kind = 'inbound' and a.contact_id = c.id
         and a.email = lower(m.mail -> 'replyTo' -> 0 ->> 'email')) as choice
      from messages m left join contact_identities i on i.kind = 'email' and i.value = lower(m.from_address ->> 'email')
      left join contacts c on c.id = i.contact_id
      left join deliveries d on d.message_id = m.id
      where m.ticket_id = $1 and (m.kind = 'inbound' and not m.flags && array['auto_reply', 'bounce', 'spoofed', 'unproven_agent']
          and not exists (select from ticket_participants p where p.ticket_id = m.ticket_id and p.kind = 'invited'
            and p.email = lower(m.from_address ->> 'email'))
        or m.kind = 'reply' and not 'forward' = any(m.flags) and coalesce(d.state, '') <> 'cancelled')
      order by m.created_at desc, m.id desc limit 1`,
    values: [uuidOf(ticketId)],
  })
  return rows[0] ?? null
}

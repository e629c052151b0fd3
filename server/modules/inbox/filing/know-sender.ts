import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { addressesOf, type OwnMailbox } from '../own-addresses.ts'
import { splitReply, type InboundMessage } from '../ports.ts'
import { isOurs, normaliseAddress } from '../rules/address.ts'
import { readForwarded } from '../rules/forwarded.ts'
import { nameTrick } from '../rules/name-tricks.ts'
import type { ReceiptEnvelope } from '../store/receipts.ts'
import { deskPeople } from '../store/desk-people.ts'

/** What is known of a sender before the mail is filed. */
export type KnownSender = {
  flags: ('spoofed' | 'unproven_agent' | 'unproven_forward' | 'forwarded' | 'name_trick')[]
  /** It uses a colleague's address and proves nothing; it belongs to no ticket. */
  spoofed: boolean
  nameTrick?: string
  /** Who wrote what an unproven forward passes on: an agent may say that it is theirs. */
  originalSender?: InboundMessage['from']
  forwardedBy?: { agentId: Id<'agt'>; name: string; words: string }
}

type Mail = { raw: Uint8Array; envelope: ReceiptEnvelope; own: readonly OwnMailbox[] }

/**
 * Holds a sender against the people who work here. Only mail from a colleague's address waits for its proof (DKIM, SPF),
 * because only that decides what it becomes: proven and forwarding a customer's mail, it is that customer's mail; unproven it
 * is an ordinary mail that joins nothing. Everybody else is authenticated after receipt and holds up nobody.
 */
export async function knowSender(
  desk: Desk,
  message: InboundMessage,
  { raw, envelope, own }: Mail,
): Promise<{ message: InboundMessage; sender: KnownSender }> {
  const people = await deskPeople(desk)
  const ownAddresses = addressesOf(own)
  const ours = [...own.map(({ name }) => name), ...(people.companyName ? [people.companyName] : [])]
  const trick = nameTrick(message.from, { agents: people.agents, ours, ownAddresses })
  const flags: KnownSender['flags'] = trick ? ['name_trick'] : []
  const named = trick ? { nameTrick: trick } : {}
  const address = normaliseAddress(message.from.address)
  const agent = isOurs(address, ownAddresses) ? undefined : people.agents.find(({ email }) => email === address)
  if (!agent) return { message, sender: { flags, spoofed: false, ...named } }
  const { ip, helo, from } = envelope
  const { aligned, dmarc } = await desk.ports.mail.authenticate(raw, { ip, helo, from })
  const forwarded = await forwardedIn(desk, message, [...ownAddresses, ...people.agents.map(({ email }) => email)])
  if (!aligned) {
    flags.push(dmarc === 'fail' ? 'spoofed' : 'unproven_agent', ...(forwarded ? (['unproven_forward'] as const) : []))
    // Of a forgery nothing is offered.
    const original = forwarded && dmarc !== 'fail' ? { originalSender: forwarded.message.from } : {}
    return { message, sender: { flags, spoofed: true, ...named, ...original } }
  }
  if (!forwarded) return { message, sender: { flags, spoofed: false, ...named } }
  const forwardedBy = { agentId: agent.id, name: agent.name, words: forwarded.words }
  return { message: forwarded.message, sender: { flags: [...flags, 'forwarded'], spoofed: false, forwardedBy } }
}

/** The customer's mail inside a forwarded one: attached as it was, or written into the text. */
async function forwardedIn(
  desk: Desk,
  message: InboundMessage,
  insiders: readonly string[],
): Promise<{ message: InboundMessage; words: string } | null> {
  const attached = message.attachments.filter(({ type }) => type === 'message/rfc822')
  if (attached.length === 1 && attached[0]) {
    const inner = await desk.ports.mail.read(attached[0].content, message.envelope)
    if (!inner.ok || !isCustomer(inner.message.from.address, insiders)) return null
    // Who handed it over and when is told by the outer mail.
    return { message: { ...inner.message, envelope: message.envelope }, words: message.text.trim() }
  }
  const written = readForwarded(message)
  if (!written || !isCustomer(written.from.address, insiders)) return null
  const { from, subject, text, words } = written
  const { providerId: _outer, inReplyTo: _answers, replyTo: _asked, html: _html, ...rest } = message
  const original = message.inReplyTo ?? message.references.at(-1)
  return {
    words,
    message: {
      ...rest,
      ...(original ? { providerId: original } : {}),
      from,
      to: [],
      cc: [],
      subject,
      text,
      segments: splitReply(text, { sender: from.name, isReply: true }).segments,
      shown: { html: null, remoteImages: 0 },
      references: [],
    },
  }
}

function isCustomer(address: string, insiders: readonly string[]): boolean {
  return address.includes('@') && !isOurs(address, insiders)
}

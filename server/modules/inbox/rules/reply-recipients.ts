import { isOurs, isUnattended, normaliseAddress } from './address.ts'
import type { MailAddress } from './mail-facts.ts'

export type RecipientDecision = {
  to: MailAddress[]
  cc: MailAddress[]
  code: 'reply_to' | 'from' | 'original_recipients' | 'requester'
  reason: string
}

/**
 * Who a reply goes to before the agent edits it. Everyone whom the customer kept in copy stays; our own
 * addresses, signed or not, never do. `last` is the latest mail of the thread that a customer wrote or,
 * on a ticket we opened, the one we sent.
 */
export function defaultRecipients(input: {
  last?:
    | {
        direction: 'inbound'
        from: MailAddress
        replyTo?: MailAddress[] | undefined
        to: MailAddress[]
        cc: MailAddress[]
      }
    | { direction: 'outbound'; to: MailAddress[]; cc: MailAddress[] }
  requester: MailAddress
  ownAddresses: readonly string[]
}): RecipientDecision {
  const { last, requester } = input
  const usable = (address: MailAddress) => address.address.includes('@') && !isOurs(address.address, input.ownAddresses)
  if (!last)
    return { to: [requester], cc: [], code: 'requester', reason: 'There is no mail yet: it goes to the requester.' }
  if (last.direction === 'outbound') {
    const to = unique(last.to.filter(usable), [])
    return {
      to: to.length > 0 ? to : [requester],
      cc: unique(last.cc.filter(usable), to),
      code: 'original_recipients',
      reason: 'We wrote last: it goes to the same people again.',
    }
  }
  const answerTo = (last.replyTo ?? []).filter(usable)
  const sender = [last.from].filter(usable)
  const to = unique(answerTo.length > 0 ? answerTo : sender.length > 0 ? sender : [requester], [])
  const others = [...last.to, ...last.cc].filter((address) => usable(address) && !isUnattended(address.address))
  const named = answerTo.length > 0
  return {
    to,
    cc: unique(others, named ? [...to, ...sender] : to),
    code: named ? 'reply_to' : 'from',
    reason: named
      ? 'The customer asked for answers at this address (Reply-To).'
      : 'It goes to who wrote last; people in copy stay.',
  }
}

/** Each address once, the first spelling wins, without those in `taken`. */
export function unique(addresses: readonly MailAddress[], taken: readonly MailAddress[]): MailAddress[] {
  const seen = new Set(taken.map((address) => normaliseAddress(address.address)))
  return addresses.filter((address) => {
    const key = normaliseAddress(address.address)
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

import { isOurs, isUnattended, normaliseAddress } from './address.ts'

export type GuardDecision = {
  send: boolean
  code:
    | 'ok'
    | 'no_address'
    | 'own_address'
    | 'unattended_address'
    | 'null_sender'
    | 'automatic_mail'
    | 'cap_address'
    | 'cap_ticket'
  reason: string
}

const refuse = (code: GuardDecision['code'], reason: string): GuardDecision => ({ send: false, code, reason })

/**
 * May a mail that no person wrote go to this address now? It answers no person's mail twice within the cap
 * and never answers a machine, so two desks cannot talk to each other all night.
 * `sentToAddress` and `sentOnTicket` count automatic mails of the last hour.
 */
export function guardAutomaticMail(input: {
  to: string
  ownAddresses: readonly string[]
  /** The mail being answered, when there is one. */
  answers?: { mayAnswer: boolean; reason: string; returnPath?: string | undefined }
  sentToAddress: number
  sentOnTicket: number
  limits: { perAddressPerHour: number; perTicketPerHour: number }
}): GuardDecision {
  const to = normaliseAddress(input.to)
  if (!/^[^\s@]+@[^\s@]+$/.test(to)) return refuse('no_address', 'There is no usable address to send to.')
  if (isOurs(to, input.ownAddresses)) return refuse('own_address', 'It would go to one of our own addresses.')
  if (isUnattended(to)) return refuse('unattended_address', 'Nobody reads mail at this address.')
  if (input.answers?.returnPath === '')
    return refuse('null_sender', 'The mail came with a null return path: it wants no answer.')
  if (input.answers && !input.answers.mayAnswer) return refuse('automatic_mail', input.answers.reason)
  if (input.sentToAddress >= input.limits.perAddressPerHour) {
    return refuse('cap_address', `This address already got ${input.sentToAddress} automatic mails in the last hour.`)
  }
  if (input.sentOnTicket >= input.limits.perTicketPerHour) {
    return refuse('cap_ticket', `This ticket already caused ${input.sentOnTicket} automatic mails in the last hour.`)
  }
  return { send: true, code: 'ok', reason: 'A person reads there and the cap is not reached.' }
}

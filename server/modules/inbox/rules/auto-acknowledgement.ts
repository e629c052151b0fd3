import type { AutoMail } from './auto-mail.ts'
import { guardAutomaticMail } from './loop-guard.ts'

export type AcknowledgementDecision = { send: boolean; code: string; reason: string }

/** Whether a mail that opened a ticket gets "we have it, your number is …". Only a person's first mail does. */
export function decideAcknowledgement(input: {
  enabled: boolean
  threadAction: string
  classification: AutoMail
  to: string
  returnPath?: string | undefined
  ownAddresses: readonly string[]
  sentToAddress: number
  limits: { perAddressPerHour: number }
}): AcknowledgementDecision {
  const no = (code: string, reason: string) => ({ send: false, code, reason })
  if (!input.enabled) return no('switched_off', 'Acknowledgements are switched off for this mailbox.')
  if (!['new', 'follow_up', 'new_linked'].includes(input.threadAction)) {
    return no('not_a_new_ticket', 'It joined a ticket that was there already.')
  }
  const guard = guardAutomaticMail({
    to: input.to,
    ownAddresses: input.ownAddresses,
    answers: { ...input.classification, returnPath: input.returnPath },
    sentToAddress: input.sentToAddress,
    sentOnTicket: 0,
    limits: { perAddressPerHour: input.limits.perAddressPerHour, perTicketPerHour: 1 },
  })
  return guard.send ? { send: true, code: 'new_ticket', reason: 'A person opened a new ticket.' } : guard
}

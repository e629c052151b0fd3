import { expect, it } from 'vitest'
import { decideAcknowledgement } from './auto-acknowledgement.ts'
import { classifyMail } from './auto-mail.ts'
import { facts } from './mail-facts.fixture.ts'

const ownAddresses = ['support@desk.example']
const classify = (...given: Parameters<typeof facts>) =>
  classifyMail(facts(...given), { ownAddresses, ownMessageId: false })
const first = {
  enabled: true,
  threadAction: 'new',
  classification: classify(),
  to: 'ada@example.org',
  returnPath: 'ada@example.org',
  ownAddresses,
  sentToAddress: 0,
  limits: { perAddressPerHour: 3 },
}

it.each(['new', 'follow_up', 'new_linked'])('acknowledges what opened a ticket (%s)', (threadAction) => {
  expect(decideAcknowledgement({ ...first, threadAction })).toMatchObject({ send: true, code: 'new_ticket' })
})

it.each([
  ['switched_off', { enabled: false }],
  ['not_a_new_ticket', { threadAction: 'append' }],
  ['not_a_new_ticket', { threadAction: 'reopen' }],
  ['not_a_new_ticket', { threadAction: 'note' }],
  ['automatic_mail', { classification: classify({}, { autoSubmitted: 'auto-replied' }) }],
  ['automatic_mail', { classification: classify({}, { listId: '<l.example>' }) }],
  ['automatic_mail', { classification: classify({}, { xAutoResponseSuppress: 'All' }) }],
  ['null_sender', { returnPath: '' }],
  ['own_address', { to: 'support@desk.example' }],
  ['unattended_address', { to: 'no-reply@shop.example' }],
  ['cap_address', { sentToAddress: 3 }],
])('stays silent by %s', (code, change) => {
  expect(decideAcknowledgement({ ...first, ...change })).toMatchObject({ send: false, code })
})

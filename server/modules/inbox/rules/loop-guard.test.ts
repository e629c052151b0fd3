import { expect, it } from 'vitest'
import { guardAutomaticMail } from './loop-guard.ts'

const calm = {
  to: 'ada@example.org',
  ownAddresses: ['support@desk.example'],
  sentToAddress: 0,
  sentOnTicket: 0,
  limits: { perAddressPerHour: 3, perTicketPerHour: 2 },
}

it('lets a first mail to a person go', () => {
  expect(guardAutomaticMail(calm)).toMatchObject({ send: true, code: 'ok' })
})

it.each([
  ['no_address', { to: '' }],
  ['no_address', { to: 'undisclosed recipients' }],
  ['own_address', { to: 'Support@Desk.example' }],
  ['own_address', { to: 'support+rtkt.0123456789abcdef@desk.example' }],
  ['unattended_address', { to: 'no-reply@shop.example' }],
  ['unattended_address', { to: 'noreply+abc@shop.example' }],
  ['unattended_address', { to: 'MAILER-DAEMON@mx.example' }],
  ['unattended_address', { to: 'bounces+17@news.example' }],
  ['null_sender', { answers: { mayAnswer: true, reason: '', returnPath: '' } }],
  ['automatic_mail', { answers: { mayAnswer: false, reason: 'It is an out-of-office reply.' } }],
  ['cap_address', { sentToAddress: 3 }],
  ['cap_ticket', { sentOnTicket: 2 }],
] as const)('refuses by %s for %j', (code, change) => {
  expect(guardAutomaticMail({ ...calm, ...change })).toMatchObject({ send: false, code })
})

it('does not mistake people for machines', () => {
  for (const to of ['bouncer@club.example', 'norepl@x.example', 'nora.reply@x.example', 'postmasters@x.example']) {
    expect(guardAutomaticMail({ ...calm, to }).send, to).toBe(true)
  }
})

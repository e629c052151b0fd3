import { expect, it } from 'vitest'
import { decideCustody } from './custody.ts'

const first = { contentHash: 'aa', sameProviderId: [], sameHash: false }

it('takes a mail it has not seen', () => {
  expect(decideCustody({ ...first, providerId: 'a@x' })).toMatchObject({
    outcome: 'new',
    providerId: 'a@x',
    synthetic: false,
  })
})

it('knows the same mail again', () => {
  const again = decideCustody({
    ...first,
    providerId: 'a@x',
    sameProviderId: [{ contentHash: 'bb' }, { contentHash: 'aa' }],
  })
  expect(again).toMatchObject({ outcome: 'duplicate', code: 'same_mail_again' })
})

it('keeps other content under a reused Message-ID as a message of its own', () => {
  const reused = decideCustody({ ...first, providerId: 'a@x', sameProviderId: [{ contentHash: 'bb' }] })
  expect(reused).toMatchObject({ outcome: 'new_flagged', code: 'reused_message_id' })
})

it.each([undefined, '', '  '])('knows a mail whose Message-ID is %j by the hash of its bytes', (providerId) => {
  expect(decideCustody({ ...first, providerId })).toMatchObject({
    outcome: 'new',
    providerId: 'sha256:aa',
    synthetic: true,
  })
  expect(decideCustody({ ...first, providerId, sameHash: true })).toMatchObject({
    outcome: 'duplicate',
    providerId: 'sha256:aa',
  })
})

it('does not call a mail a duplicate because other bytes were seen under another id', () => {
  expect(decideCustody({ ...first, providerId: 'a@x', sameHash: true }).outcome).toBe('new')
})

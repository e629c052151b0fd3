import { expect, test } from 'vitest'
import type { Sender } from '#contract/sending.ts'
import { draftOf, inputOf, isNewWay } from './sender-draft.ts'

const server = {
  host: 'mail.test',
  port: 587,
  secure: false,
  tls: 'required',
  username: 'desk',
  hasPassword: true,
} as const
const current: Sender = { mailboxId: 'box_01m81jvhj0e9qbymky1r6nyy18', displayName: 'Desk', server, bounceDomain: null }
const byTheDesk: Sender = { ...current, server: null }

test('what was not changed is sent as it was, and an empty password is left out', () => {
  const { hasPassword: _, ...where } = server
  expect(inputOf(draftOf(current))).toEqual({ displayName: 'Desk', server: where, bounceDomain: null })
  expect(inputOf(draftOf(byTheDesk)).server).toBeNull()
})

test.each([
  ['another name in From', { name: 'Help' }, false],
  ['spaces around the host', { host: ' mail.test ' }, false],
  ['another host', { host: 'other.test' }, true],
  ['another port', { port: 465 }, true],
  ['another policy', { tls: 'verified' as const }, true],
  ['a new password', { password: 'secret' }, true],
  ['no server of its own', { own: false }, true],
])('%s: a new way to leave? %o %s', (_, change, isNew) => {
  expect(isNewWay({ ...draftOf(current), ...change }, current)).toBe(isNew)
})

test('a server that was typed and switched off again is no new way', () => {
  expect(isNewWay({ ...draftOf(byTheDesk), host: 'mail.test' }, byTheDesk)).toBe(false)
})

import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { isSignedMessage, newSigningSecret, signMessage } from './standard-webhooks.ts'

const body = Buffer.from('{"type":"entitlement.updated"}')
const now = Date.UTC(2026, 10, 2, 9)
const at = now / 1000

test('what was signed is known again, and nothing else is', () => {
  const secret = newSigningSecret()
  const signature = signMessage(secret, 'msg_1', at, body)
  const headers = { id: 'msg_1', timestamp: String(at), signature }
  expect(isSignedMessage(secret, headers, body, now)).toBe(true)
  expect(isSignedMessage(newSigningSecret(), headers, body, now)).toBe(false)
  expect(isSignedMessage(secret, { ...headers, id: 'msg_2' }, body, now)).toBe(false)
  expect(isSignedMessage(secret, { ...headers, timestamp: String(at + 1) }, body, now)).toBe(false)
  expect(isSignedMessage(secret, headers, Buffer.from('{}'), now)).toBe(false)
  expect(isSignedMessage(secret, headers, body, now + 301_000)).toBe(false)
  expect(isSignedMessage(secret, headers, body, now - 301_000)).toBe(false)
  expect(isSignedMessage(secret, headers, body, now + 300_000)).toBe(true)
})

type Vectors = {
  secret: string
  sign: { id: string; timestamp: number; payload: string; signature: string }[]
  verify_at: number
  verify: { case: string; accept: boolean; headers: Record<string, string> }[]
  verify_clock: { case: string; now: number; accept: boolean }[]
}

const file = `${process.env['TEST_DATA_DIR'] ?? '../shared/data'}/webhooks-standard/vectors.json`
describe.skipIf(!existsSync(file))('the vectors of Standard Webhooks (skipped without TEST_DATA_DIR)', () => {
  const { secret, sign, verify, verify_at, verify_clock } = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as Vectors)
    : ({ sign: [], verify: [], verify_clock: [] } as unknown as Vectors)
  const [signed] = sign
  const accepts = (headers: Record<string, string>, seconds: number) =>
    isSignedMessage(
      secret,
      { id: headers['webhook-id'], timestamp: headers['webhook-timestamp'], signature: headers['webhook-signature'] },
      Buffer.from(signed?.payload ?? ''),
      seconds * 1000,
    )

  test('sign', () => {
    for (const { id, timestamp, payload, signature } of sign)
      expect(signMessage(secret, id, timestamp, payload)).toBe(signature)
    expect(sign.length).toBeGreaterThan(0)
  })

  test.each(verify)('$case', ({ headers, accept }) => {
    expect(accepts(headers, verify_at)).toBe(accept)
  })

  test.each(verify_clock)('$case', ({ now: seconds, accept }) => {
    expect(accepts(verify[0]?.headers ?? {}, seconds)).toBe(accept)
  })
})

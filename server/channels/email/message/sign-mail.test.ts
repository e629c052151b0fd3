import { createHash, generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import type { OutboundMessage, SigningKey } from '#modules/inbox/ports.ts'
import { authenticateMail } from './authenticate.ts'
import { composeMail } from './compose.ts'

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ed = generateKeyPairSync('ed25519')
const pem = (key: typeof rsa.privateKey) => key.export({ type: 'pkcs8', format: 'pem' }).toString()
const records: Record<string, string> = {
  'ms1._domainkey.desk.example': `v=DKIM1; k=rsa; p=${rsa.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`,
  'ms2._domainkey.desk.example': `v=DKIM1; k=ed25519; p=${Buffer.from(String(ed.publicKey.export({ format: 'jwk' }).x), 'base64url').toString('base64')}`,
  '_dmarc.desk.example': 'v=DMARC1; p=reject',
}
const keys: SigningKey[] = [
  { domain: 'desk.example', selector: 'ms1', algorithm: 'rsa', privateKey: pem(rsa.privateKey) },
  { domain: 'desk.example', selector: 'ms2', algorithm: 'ed25519', privateKey: pem(ed.privateKey) },
]
const message: OutboundMessage = {
  messageId: 'u1.r2.0123456789abcdef@desk.example',
  date: '2025-03-03T10:00:00Z',
  from: { address: 'support@desk.example', name: 'Desk' },
  to: [{ address: 'ada@example.org', name: 'Ada Byron' }],
  cc: [],
  subject: 'Größer als 10 €',
  text: 'Hello Ada,\n\n. a line that begins with a dot \n\n\n',
  html: `<p>${'long '.repeat(400)}</p>`,
  references: [],
  attachments: [{ name: 'a.bin', type: 'application/pdf', content: Buffer.alloc(3000, 7) }],
  listUnsubscribe: 'https://desk.example/unsubscribe/abc',
  signWith: keys,
}

const check = (raw: Uint8Array) =>
  authenticateMail(raw, {
    ip: '192.0.2.1',
    helo: 'mx.example',
    mailFrom: 'support@desk.example',
    timeoutMs: 5000,
    resolver: async (name) => {
      const found = records[name]
      if (!found) throw Object.assign(new Error('none'), { code: 'ENOTFOUND' })
      return [[found]]
    },
  })

test.each([[[keys[0]!]], [[keys[1]!]], [keys]])('what it signs is verified by its record', async (signWith) => {
  const raw = await composeMail({ ...message, signWith })
  expect(
    Buffer.from(raw)
      .toString()
      .match(/^DKIM-Signature:/gim),
  ).toHaveLength(signWith.length)
  expect(await check(raw)).toMatchObject({ dkim: 'pass', dmarc: 'pass', aligned: true })
})

test('one changed letter breaks it, in the body or a header it signs', async () => {
  const raw = Buffer.from(await composeMail(message)).toString('latin1')
  for (const [from, to] of [
    ['Hello Ada', 'Hello Eve'],
    ['Ada Byron', 'Eve Byron'],
    ['unsubscribe/abc', 'unsubscribe/abd'],
  ] as const) {
    expect(raw).toContain(from)
    expect(await check(Buffer.from(raw.replace(from, to), 'latin1'))).toMatchObject({ dkim: 'fail' })
  }
})

test('the bytes are the same on every try, whatever the clock says', async () => {
  const hash = async () =>
    createHash('sha256')
      .update(await composeMail(structuredClone(message)))
      .digest('hex')
  const first = await hash()
  await new Promise((resolve) => setTimeout(resolve, 1100))
  expect(await hash()).toBe(first)
})

test('a key that cannot sign stops the mail rather than letting it out unsigned', async () => {
  const broken = { ...keys[0]!, privateKey: 'no key' }
  await expect(composeMail({ ...message, signWith: [broken] })).rejects.toThrow('could not be signed')
})

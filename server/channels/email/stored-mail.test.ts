import { expect, test } from 'vitest'
import { createMailPort } from './mail-port.ts'

/** A domain that sends from one machine only, and asks for the refusal of everything else. */
const records: Record<string, string[][]> = {
  'acme.test': [['v=spf1 ip4:192.0.2.7 -all']],
  '_dmarc.acme.test': [['v=DMARC1; p=reject']],
}
const port = createMailPort({
  target: { host: '127.0.0.1', port: 1, secure: false },
  resolver: async (name, type) => {
    const found = type === 'TXT' ? records[name] : undefined
    if (!found) throw Object.assign(new Error('none'), { code: 'ENOTFOUND' })
    return found
  },
})
const raw = Buffer.from('From: ann@acme.test\r\nTo: support@desk.test\r\nSubject: x\r\n\r\nHello\r\n')

test('a mail read out of a mailbox is not called forged because nobody knows who handed it over', async () => {
  const stored = await port.authenticate(raw, { ip: null, helo: null, from: 'ann@acme.test' })
  expect(stored).toMatchObject({ spf: 'unknown', dmarc: 'unknown', aligned: false })
})

test('handed over by a machine that may not, the same mail is', async () => {
  const handed = await port.authenticate(raw, { ip: '198.51.100.1', helo: 'evil.test', from: 'ann@acme.test' })
  expect(handed).toMatchObject({ spf: 'fail', dmarc: 'fail' })
})

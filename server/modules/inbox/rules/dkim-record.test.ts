import { expect, test } from 'vitest'
import { dkimRecord, dkimRecordProblem } from './dkim-record.ts'

const key = { domain: 'acme.test', selector: 'ms1', algorithm: 'rsa' as const, publicKey: 'MIIBIjANBg' }

test('the record to publish is the one that is accepted', () => {
  const { name, value } = dkimRecord(key)
  expect(name).toBe('ms1._domainkey.acme.test')
  expect(dkimRecordProblem(key, [value])).toBeNull()
  expect(dkimRecordProblem(key, [`p = MIIBI jANBg ; v=DKIM1`])).toBeNull()
  expect(dkimRecordProblem(key, ['some other text', value])).toBeNull()
})

test.each([
  { found: [], words: 'no TXT record' },
  { found: ['v=spf1 -all'], words: 'no DKIM key' },
  { found: ['v=DKIM1; p=MIIBIjANBg', 'v=DKIM1; p=MIIBIjANBg'], words: 'more than one' },
  { found: ['v=DKIM1; p='], words: 'withdrawn' },
  { found: ['v=DKIM1; k=ed25519; p=MIIBIjANBg'], words: 'another kind' },
  { found: ['v=DKIM1; p=MIIBIj'], words: 'cut off' },
  { found: ['v=DKIM1; p=AAAA'], words: 'another key' },
  { found: ['v=DKIM1; t=y; p=MIIBIjANBg'], words: 'test' },
])('a record that receivers would not accept is named: $words', ({ found, words }) => {
  expect(dkimRecordProblem(key, found)).toContain(words)
})

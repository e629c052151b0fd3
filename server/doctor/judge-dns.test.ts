import { expect, test } from 'vitest'
import { dkimTrouble, judgeDkim, judgeDmarc, judgeMx, judgeSpf, type MxHost, type SpfAnswer } from './judge-dns.ts'

const host = (more: Partial<MxHost> = {}): MxHost => ({
  exchange: 'mx.acme.test',
  priority: 10,
  addresses: ['192.0.2.1'],
  answersOn25: true,
  ...more,
})

test.each<[string, MxHost[], boolean, string, RegExp]>([
  ['a server that answers', [host()], true, 'ok', /mx\.acme\.test/],
  ['a null MX', [host({ exchange: '.' })], true, 'problem', /takes no mail/],
  ['an empty MX, as some resolvers tell it', [host({ exchange: '' })], true, 'problem', /takes no mail/],
  ['none but an address', [], true, 'warning', /no MX record/],
  ['nothing at all', [], false, 'problem', /nobody can send/],
  ['a name without an address', [host({ addresses: [] })], true, 'problem', /has no address/],
  ['one of two without an address', [host(), host({ addresses: [] })], true, 'warning', /One of its MX/],
  ['a server that does not answer', [host({ answersOn25: false })], true, 'warning', /did not answer on port 25/],
  ['a server that was not tried', [host({ answersOn25: null })], true, 'ok', /goes to/],
])('MX: %s', (_what, hosts, hasAddress, level, words) => {
  const finding = judgeMx('acme.test', hosts, hasAddress)
  expect(finding.level).toBe(level)
  expect(finding.found).toMatch(words)
  expect(finding.todo === null).toBe(level === 'ok')
})

const answer = (more: Partial<SpfAnswer> = {}): SpfAnswer => ({
  result: 'pass',
  record: 'v=spf1 include:relay.test -all',
  lookups: 3,
  lookupLimit: 10,
  comment: '',
  ...more,
})

test.each<[string, Partial<SpfAnswer>, boolean, string, RegExp]>([
  ['lets it send', {}, false, 'ok', /lets relay\.test \(192\.0\.2\.7\) send/],
  ['is not there', { result: 'none', record: undefined }, false, 'problem', /no SPF/],
  ['does not name an address that is certain', { result: 'fail' }, true, 'problem', /does not let/],
  ['does not name one of a relay’s addresses', { result: 'softfail' }, false, 'warning', /other addresses/],
  ['needs too many look-ups', { result: 'permerror', lookups: 11 }, true, 'problem', /more than 10 look-ups/],
  ['is broken', { result: 'permerror', comment: 'two records' }, true, 'problem', /two records/],
  ['lets everybody send', { record: 'v=spf1 +all' }, true, 'problem', /anybody/],
  ['lets everybody send without a sign', { record: 'v=spf1 a all' }, true, 'problem', /anybody/],
  ['is close to the limit', { lookups: 9 }, true, 'warning', /9 of 10/],
  ['could not be asked for', { result: 'temperror' }, true, 'warning', /did not answer/],
])('SPF: a record that %s', (_what, more, certain, level, words) => {
  const server = { name: 'relay.test', address: '192.0.2.7', certain }
  const finding = judgeSpf('acme.test', server, answer(more))
  expect(finding.level).toBe(level)
  expect(finding.found).toMatch(words)
})

test.each<[string, string[], string | null]>([
  ['a key', ['v=DKIM1; k=rsa; p=MIIB'], null],
  ['a withdrawn key', ['v=DKIM1; p='], 'withdrawn'],
  ['no record', [], 'no DKIM key'],
  ['another record', ['site-verification=x'], 'no DKIM key'],
])('DKIM: %s', (_what, records, trouble) => {
  const said = dkimTrouble(records)
  if (trouble === null) expect(said).toBeNull()
  else expect(said).toContain(trouble)
  expect(judgeDkim('acme.test', 'desk', said).level).toBe(trouble === null ? 'ok' : 'problem')
})

test.each<[string, string[], string, string]>([
  ['reject', ['v=DMARC1; p=reject'], '_dmarc.acme.test', 'ok'],
  ['only watching', ['v=DMARC1; p=none; rua=mailto:a@b.test'], '_dmarc.acme.test', 'warning'],
  ['none', ['google-site-verification=x'], '_dmarc.acme.test', 'warning'],
  ['two records', ['v=DMARC1; p=reject', 'v=DMARC1; p=none'], '_dmarc.acme.test', 'problem'],
  ['no policy', ['v=DMARC1; rua=mailto:a@b.test'], '_dmarc.acme.test', 'problem'],
  ['the parent’s policy for what is below it', ['v=DMARC1; p=reject; sp=none'], '_dmarc.test', 'warning'],
])('DMARC: %s', (_what, records, at, level) => {
  expect(judgeDmarc('acme.test', at, records).level).toBe(level)
})

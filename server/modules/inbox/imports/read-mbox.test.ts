import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readMbox } from './read-mbox.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mainstay-mbox-'))
})
afterAll(() => rm(folder, { recursive: true }))

let files = 0
async function mails(text: string, from = 0, most = 1e6) {
  const path = join(folder, `${++files}.mbox`)
  await writeFile(path, text, 'latin1')
  const file = await open(path)
  try {
    const all = []
    for await (const mail of readMbox(file, from, most)) all.push({ ...mail, raw: mail.raw.toString('latin1') })
    return all
  } finally {
    await file.close()
  }
}
const raws = async (text: string, from = 0) => (await mails(text, from)).map(({ raw }) => raw)
const postmark = 'From ann@acme.test Mon Nov  2 09:00:00 2026'

test('mails end at the From_ line after a blank line, and nowhere else', async () => {
  const one = 'Subject: a\n\nFrom here on it is a sentence.\n\nFrom then on too.\n'
  const two = 'Subject: b\n\nx\n'
  expect(await raws(`${postmark}\n${one}\n${postmark}\n${two}\n`)).toEqual([one, two])
})

test('a From_ line in the middle of a paragraph is text', async () => {
  const one = `Subject: a\n\nfirst\n${postmark}\nlast\n`
  expect(await raws(`${postmark}\n${one}\n`)).toEqual([one])
})

test('CRLF files keep their line ends', async () => {
  const one = 'Subject: a\r\n\r\nx\r\n'
  expect(await raws(`${postmark}\r\n${one}\r\n${postmark}\r\n${one}\r\n`)).toEqual([one, one])
})

test('quoted From_ lines lose one sign, as mboxo and mboxrd wrote them', async () => {
  const quoted = 'Subject: a\n\n>From me\n>>From you\n> From afar\n'
  expect(await raws(`${postmark}\n${quoted}\n`)).toEqual(['Subject: a\n\nFrom me\n>From you\n> From afar\n'])
})

test('a Content-Length that holds keeps an unquoted From_ line inside its mail, as mboxcl2 does', async () => {
  const body = `one\n\n${postmark}\n>From is kept\n`
  const one = `Content-Length: ${body.length}\nSubject: a\n\n${body}`
  const two = 'Subject: b\n\nx\n'
  expect(await raws(`${postmark}\n${one}\n${postmark}\n${two}\n`)).toEqual([one, two])
})

test.each([5, 14, 400, 999_999_999])('a Content-Length of %i that does not hold is not believed', async (length) => {
  const one = `Content-Length: ${length}\nSubject: a\n\nA body of its own length.\n`
  const two = 'Subject: b\n\nx\n'
  expect(await raws(`${postmark}\n${one}\n${postmark}\n${two}\n`)).toEqual([one, two])
})

test('a mail that is too long is told by its beginning, and the next is read', async () => {
  const long = `Subject: long\n\n${'x'.repeat(700)}\n${'y'.repeat(700)}\n`
  const [first, second] = await mails(`${postmark}\n${long}\n${postmark}\nSubject: b\n\nx\n`, 0, 1000)
  expect(first).toMatchObject({ tooLong: true, size: long.length + 1 })
  expect(first?.raw).toContain('Subject: long')
  expect(second).toMatchObject({ tooLong: false, raw: 'Subject: b\n\nx\n' })
})

test('a line longer than any block is one line', async () => {
  const one = `Subject: a\n\n${'z'.repeat(900_000)}\n`
  expect(await raws(`${postmark}\n${one}\n${postmark}\nSubject: b\n\nx\n`)).toEqual([one, 'Subject: b\n\nx\n'])
})

test('an empty file, and one of blank lines, have no mail', async () => {
  expect(await raws('')).toEqual([])
  expect(await raws('\n\n')).toEqual([])
})

test('whatever is written as mboxrd is read back, from any mail on', async () => {
  const line = fc.oneof(
    fc.constantFrom('', 'From ', postmark, `>${postmark}`, '>From x', '>>From y', 'Content-Length: 3'),
    fc.string({ maxLength: 30 }).map((text) => text.replace(/[^\x20-\x7e]/g, '')),
  )
  const mail = fc.tuple(fc.boolean(), fc.array(line, { maxLength: 12 })).map(([withLength, body]) => {
    const text = body.map((one) => `${one}\n`).join('')
    return `${withLength ? `Content-Length: ${text.length}\n` : ''}Subject: s\n\n${text}`
  })
  await fc.assert(
    fc.asyncProperty(fc.array(mail, { minLength: 1, maxLength: 6 }), async (all) => {
      // What mboxrd writes has the length of its quoted text, if any; without one it must be found by its From_ lines.
      const quoted = all.map((one) =>
        one.replace(/^Content-Length: \d+\n(?=Subject)/, '').replace(/^(>*From )/gm, '>$1'),
      )
      const file = quoted.map((one) => `${postmark}\n${one}\n`).join('')
      const wanted = all.map((one) => one.replace(/^Content-Length: \d+\n(?=Subject)/, ''))
      const read = await mails(file)
      expect(read.map(({ raw }) => raw)).toEqual(wanted)
      const from = read[Math.floor(read.length / 2)]
      expect(await raws(file, Number(from?.next))).toEqual(wanted.slice(Math.floor(read.length / 2) + 1))
    }),
    { numRuns: 150 },
  )
})

import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createMailTestWorld, support, type MailTestWorld } from '#test/mail-world.ts'

const megabyte = 1024 * 1024

type Item = { subject: string | null; disposition: string; reason: string; provider_id: string }

/** Sends raw bytes by SMTP; resolves to the desk's answer. */
async function send(t: MailTestWorld, id: string, ...raw: (string | Buffer)[]): Promise<string> {
  const transport = createTransport({ host: '127.0.0.1', port: t.smtpPort, ignoreTLS: true })
  const head = `From: Eve <eve@hostile.test>\r\nTo: ${support}\r\nMessage-ID: <${id}@hostile.test>\r\n`
  try {
    const all = Buffer.concat([head, ...raw].map((part) => (Buffer.isBuffer(part) ? part : Buffer.from(part))))
    const { response } = await transport.sendMail({ envelope: { from: 'eve@hostile.test', to: support }, raw: all })
    return response
  } catch (error) {
    return (error as { response?: string }).response ?? String(error)
  } finally {
    transport.close()
  }
}

async function became(t: MailTestWorld): Promise<Map<string, Item>> {
  const { rows } = await t.world.pool.query<Item>('select subject, disposition, reason, provider_id from receipts')
  return new Map(rows.map((row) => [row.provider_id.split('@')[0] ?? '', row]))
}

const html = (content: string) => `Subject: Heavy\r\nContent-Type: text/html\r\n\r\n${content}\r\n`
const attached = (type: string, content: Buffer) =>
  `Subject: Bomb\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nHello\r\n--b\r\nContent-Type: ${type}; name=bomb\r\nContent-Transfer-Encoding: base64\r\n\r\n${content.toString('base64').replace(/.{76}/g, '$&\r\n')}\r\n--b--\r\n`
const entities = `<!DOCTYPE x [${Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('')}]><x>&l9;</x>`
const nested = Array.from(
  { length: 1_000 },
  (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`,
).join('')

/** What somebody may send, and what must become of it. */
const hostile: [name: string, disposition: string, ...raw: string[]][] = [
  [
    'headers',
    'ticketed',
    `${Array.from({ length: 10_000 }, (_, n) => `X-${n}: v\r\n`).join('')}Subject: x\r\n\r\nHello`,
  ],
  ['nested', 'parked', nested, '\r\ndeep'],
  ['parts', 'parked', 'Content-Type: multipart/mixed; boundary=b\r\n\r\n', '--b\r\n\r\nx\r\n'.repeat(25_000)],
  ['deep', 'ticketed', html('<div>'.repeat(50_000) + 'Hello')],
  ['large', 'ticketed', html(`<table><tr><td>${'<b>Hello</b> there<br>'.repeat(200_000)}</table>`)],
  ['tags', 'ticketed', html('<p><b style="color:red;position:fixed">a</b> <i>b</i></p>'.repeat(6_000))],
  ['attributes', 'ticketed', html(`<p ${Array.from({ length: 20_000 }, (_, n) => `a${n}="b"`).join(' ')}>Hello</p>`)],
  ['styles', 'ticketed', html(`<p style="${'color:red;'.repeat(20_000)}">Hello</p>`)],
  ['comments', 'ticketed', html(`${'<!--'.repeat(50_000)} Hello`)],
  ['brackets', 'ticketed', html(`${'<'.repeat(300_000)} Hello`)],
  ['nul', 'ticketed', `Subject: a\0b\r\n\r\n${'\0'.repeat(100_000)}Hello`],
  ['zip', 'ticketed', attached('application/zip', Buffer.from(`PK\u0003\u0004${'\0'.repeat(megabyte)}`))],
  ['xml', 'ticketed', attached('application/xml', Buffer.from(entities))],
  ['svg', 'ticketed', attached('image/svg+xml', Buffer.from('<svg onload="alert(1)"/>'))],
  [
    'quotes',
    'ticketed',
    `Subject: Re: x\r\nIn-Reply-To: <a@x>\r\n\r\n${'> '.repeat(30_000)}\r\n${'On 1 '.repeat(60_000)}wrote:\r\nHello`,
  ],
  ['lines', 'ticketed', `Subject: Re: x\r\nIn-Reply-To: <a@x>\r\n\r\n${'From: a@b\r\n\r\n'.repeat(40_000)}Hello`],
  ['words', 'ticketed', `Subject: ${'=?utf-8?Q?=41?=41'.repeat(8_000)}\r\n\r\nHello`],
  ['addresses', 'ticketed', `Cc: ${'"a" <a@b.test>, '.repeat(20_000)}z@b.test\r\nSubject: x\r\n\r\nHello`],
  ['references', 'ticketed', `References: ${'<a@b.test> '.repeat(50_000)}\r\nSubject: x\r\n\r\nHello`],
  ['newlines', 'ticketed', `Subject: x\r\n\r\nfailed\r\n${'\r\n'.repeat(300_000)}Hello`],
  ['blanks', 'ticketed', `Subject: x\r\n\r\n${' '.repeat(1_000_000)}Hello`],
  // What makes the search parser of the database slow.
  ['underscores', 'ticketed', `Subject: x\r\n\r\n${'a_'.repeat(50_000)} Hello`],
  ['paths', 'ticketed', `Subject: ${'~/'.repeat(490)}\r\n\r\n${'~/'.repeat(50_000)} Hello`],
  ['cards', 'ticketed', `Subject: x\r\n\r\n${'4242 '.repeat(100_000)}\r\nHello`],
]
const plain = (n: number) => `Subject: Plain ${n}\r\n\r\nHello, where is my invoice ${n}?\r\n`

describe('hostile mails and plain ones at the same time', () => {
  let t: MailTestWorld
  beforeAll(async () => {
    t = await createMailTestWorld({ maxBytes: 60 * megabyte })
  })
  afterAll(() => t?.close())

  test('each is filed or parked with its reason, and every plain one is filed', async () => {
    const answers = await Promise.all([
      ...hostile.map(([name, , ...raw]) => send(t, name, ...raw)),
      ...Array.from({ length: 40 }, (_, n) => send(t, `plain${n}`, plain(n))),
    ])
    expect(answers.filter((answer) => !answer.startsWith('250'))).toEqual([])
    const found = await became(t)
    for (const [name, disposition] of hostile) {
      expect({ name, ...found.get(name) }).toMatchObject({ name, disposition })
      expect(found.get(name)?.reason).not.toBe('')
    }
    for (let n = 0; n < 40; n++)
      expect(found.get(`plain${n}`)).toMatchObject({ disposition: 'ticketed', subject: `Plain ${n}` })
    await t.drainInbox()
    const { rows } = await t.world.pool.query(`select from messages where text like '%Hello%'`)
    expect(rows.length).toBeGreaterThanOrEqual(50)
  })

  test('a mail of 50 MB is filed with its file, which nobody unpacks', async () => {
    const line = `${'A'.repeat(76)}\r\n`
    const file = `--b\r\nContent-Type: application/zip; name=big.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n`
    const raw = Buffer.from(line.repeat(Math.floor((50 * megabyte) / line.length)))
    const head = 'Subject: Big\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n'
    expect(await send(t, 'big', head, file, raw, '--b--\r\n')).toMatch(/^250/)
    expect((await became(t)).get('big')).toMatchObject({ disposition: 'ticketed' })
    const { rows } = await t.world.pool.query(`select size from attachments where name = 'big.zip'`)
    expect(rows[0].size).toBeGreaterThan(36 * megabyte)
  })
})

describe('a mail that takes more than a mail may', () => {
  const heavy = (n: number) => html(`<p>Hello ${n}</p>`.repeat(4_000))

  test('of memory is parked with the reason, and its thread is replaced', async () => {
    const t = await createMailTestWorld({ reading: { memoryMb: 40 }, maxBytes: 60 * megabyte })
    try {
      const text = 'a\n'.repeat(990_000)
      const answers = await Promise.all([
        send(t, 'greedy', 'Subject: Re: Greedy\r\n\r\n', text),
        send(t, 'greedy2', 'Subject: Re: Greedy again\r\n\r\n', text),
        ...Array.from({ length: 20 }, (_, n) => send(t, `plain${n}`, plain(n))),
      ])
      expect(answers.every((answer) => answer.startsWith('250'))).toBe(true)
      expect(await send(t, 'after', heavy(1))).toMatch(/^250/)
      const found = await became(t)
      for (const name of ['greedy', 'greedy2'])
        expect(found.get(name)).toMatchObject({
          disposition: 'parked',
          reason: expect.stringContaining('40 MB of memory'),
        })
      for (let n = 0; n < 20; n++) expect(found.get(`plain${n}`)).toMatchObject({ disposition: 'ticketed' })
      expect(found.get('after')).toMatchObject({ disposition: 'ticketed' })
    } finally {
      await t.close()
    }
  })

  test('of time is parked with the reason, and holds up no other', async () => {
    const t = await createMailTestWorld({ reading: { timeoutMs: 1 } })
    try {
      await Promise.all([
        ...Array.from({ length: 5 }, (_, n) => send(t, `slow${n}`, heavy(n))),
        ...Array.from({ length: 20 }, (_, n) => send(t, `plain${n}`, plain(n))),
      ])
      const found = await became(t)
      for (let n = 0; n < 5; n++)
        expect(found.get(`slow${n}`)).toMatchObject({
          disposition: 'parked',
          reason: expect.stringContaining('longer than 1 ms'),
        })
      for (let n = 0; n < 20; n++) expect(found.get(`plain${n}`)).toMatchObject({ disposition: 'ticketed' })
    } finally {
      await t.close()
    }
  })
})

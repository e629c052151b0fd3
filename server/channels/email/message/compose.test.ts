import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OutboundMessage } from '#modules/inbox/ports.ts'
import { composeMail } from './compose.ts'
import { parseMail } from './parse.ts'

const message: OutboundMessage = {
  messageId: 'u1.r2.0123456789abcdef@desk.example',
  date: '2025-03-03T10:00:00Z',
  from: { address: 'support@desk.example', name: 'Desk' },
  replyTo: { address: 'support+rtkt.0123456789abcdef@desk.example', name: 'Desk' },
  to: [{ address: 'ada@example.org', name: 'Ada Byron' }],
  cc: [{ address: 'cfo@example.org', name: 'Zoë Müller' }],
  subject: 'Re: Zweimal belastet – größer als 10 €',
  text: 'Hello Ada,\n\nrefunded.\n',
  html: '<p>Hello <b>Ada</b>, refunded.</p><img src="cid:logo@desk">',
  inReplyTo: 'first@example.org',
  references: ['root@example.org', 'first@example.org'],
  attachments: [
    { name: 'Rechnung März.pdf', type: 'application/pdf', content: new TextEncoder().encode('%PDF-1.7 …') },
    { name: 'logo.png', type: 'image/png', content: new Uint8Array([137, 80, 78, 71]), contentId: 'logo@desk' },
  ],
}

const envelope = { from: 'support@desk.example', to: ['ada@example.org'] }
async function read(raw: Uint8Array) {
  const outcome = await parseMail(raw, envelope)
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.message
}

describe('a composed mail', () => {
  it('is the same to the byte each time', async () => {
    const first = await composeMail(message)
    expect(Buffer.from(await composeMail(structuredClone(message))).equals(Buffer.from(first))).toBe(true)
  })

  it('reads back as it was meant', async () => {
    const back = await read(await composeMail(message))
    expect(back).toMatchObject({
      providerId: message.messageId,
      sentAt: '2025-03-03T10:00:00.000Z',
      from: message.from,
      replyTo: [message.replyTo],
      to: message.to,
      cc: message.cc,
      subject: message.subject,
      inReplyTo: 'first@example.org',
      references: ['root@example.org', 'first@example.org'],
    })
    expect(back.html?.trim()).toBe(message.html)
    expect(back.text.trim()).toBe(message.text.trim())
    expect(back.attachments.map(({ name, type, inline }) => [name, type, inline])).toEqual([
      ['logo.png', 'image/png', true],
      ['Rechnung März.pdf', 'application/pdf', false],
    ])
    expect(Buffer.from(back.attachments[1]!.content).toString()).toBe('%PDF-1.7 …')
  })

  it('says when no person wrote it', async () => {
    const raw = Buffer.from(await composeMail({ ...message, autoSubmitted: 'auto-replied' })).toString()
    expect(raw).toContain('Auto-Submitted: auto-replied')
    expect(raw).toContain('X-Auto-Response-Suppress: All')
  })

  it('keeps the first and the latest references of a very long thread', async () => {
    const references = Array.from({ length: 300 }, (_, n) => `m${n}@example.org`)
    const back = await read(await composeMail({ ...message, references }))
    expect(back.references).toHaveLength(100)
    expect([back.references[0], back.references.at(-1)]).toEqual(['m0@example.org', 'm299@example.org'])
  })

  it('cannot be given a header by anything a person writes', async () => {
    const evil = fc.constantFrom(
      '\r\nBcc: all@example.net',
      '\nBcc: all@example.net',
      '\rBcc: all@example.net',
      '\0',
      '\u2028Bcc: x',
      '>\r\nBcc: x@y',
    )
    const text = fc.tuple(fc.string(), evil, fc.string()).map((parts) => parts.join(''))
    await fc.assert(
      fc.asyncProperty(text, text, text, async (one, two, three) => {
        const raw = await composeMail({
          ...message,
          subject: one,
          from: { ...message.from, name: two },
          to: [{ address: 'ada@example.org', name: three }],
          inReplyTo: `a${one}@x`,
          references: [`b${two}@x`],
          headers: { 'X-Desk': three, [`X${one}`]: two },
          attachments: [{ name: three, type: one, content: new Uint8Array([1]), contentId: two }],
        })
        const head = Buffer.from(raw).toString('latin1').split('\r\n\r\n')[0]!
        expect(head).not.toMatch(/^bcc:/im)
        expect(head.split('\r\n').every((line) => /^(?:[A-Za-z][A-Za-z0-9-]*:|[ \t])/.test(line))).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})

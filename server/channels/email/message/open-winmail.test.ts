import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { multipart, read } from './mail.fixture.ts'
import { readTnef } from './tnef.ts'

const u16 = (value: number) => Buffer.from([value & 255, value >> 8])
const u32 = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
const attribute = (id: number, data: Buffer) => {
  const sum = data.reduce((total, byte) => (total + byte) & 0xffff, 0)
  return Buffer.concat([Buffer.from([id >= 0x8000 ? 1 : 2]), u32(id), u32(data.length), data, u16(sum)])
}
const tnef = (...attributes: Buffer[]) => Buffer.concat([u32(0x223e9f78), u16(1), ...attributes])
const property = (type: number, tag: number, data: Buffer) =>
  Buffer.concat([u16(type), u16(tag), u32(1), u32(data.length), data, Buffer.alloc(-data.length & 3)])
const properties = (...all: Buffer[]) => Buffer.concat([u32(all.length), ...all])
const wide = (text: string) => Buffer.from(`${text}\0`, 'utf16le')
const begins = attribute(0x00069002, Buffer.alloc(14))
const title = (name: string) => attribute(0x00018010, Buffer.from(`${name}\0`, 'latin1'))
const data = (content: string) => attribute(0x0006800f, Buffer.from(content))
const rtf = (text: string) => {
  const raw = Buffer.from(text)
  return Buffer.concat([u32(raw.length + 12), u32(raw.length), Buffer.from('MELA'), u32(0), raw])
}
const winmail = (content: Buffer, words = '') =>
  multipart('mixed', [
    ['Content-Type: text/plain', '', words],
    [
      'Content-Type: application/ms-tnef; name=winmail.dat',
      'Content-Transfer-Encoding: base64',
      '',
      content.toString('base64'),
    ],
  ])

describe('a winmail.dat', () => {
  it('gives its files, and is gone', async () => {
    const long = attribute(
      0x00069005,
      properties(
        property(0x1f, 0x3707, wide('Rechnung März.pdf')),
        property(0x1e, 0x370e, Buffer.from('application/pdf\0')),
      ),
    )
    const message = await read(
      winmail(tnef(begins, title('RECHNU~1.PDF'), data('%PDF'), long, begins, title('b.txt'), data('two')), 'Hello'),
    )
    expect(message.attachments.map(({ name, type, content }) => [name, type, Buffer.from(content).toString()])).toEqual(
      [
        ['Rechnung März.pdf', 'application/pdf', '%PDF'],
        ['b.txt', 'application/octet-stream', 'two'],
      ],
    )
    expect(message.text.trim()).toBe('Hello')
  })

  it.each([
    ['plain text', attribute(0x0002800c, Buffer.from('Gr\xf6\xdfe\0', 'latin1')), 'Größe'],
    ['wide text', attribute(0x00069003, properties(property(0x1f, 0x1000, wide('Größe')))), 'Größe'],
    ['HTML', attribute(0x00069003, properties(property(0x102, 0x1013, Buffer.from('<p>Größe</p>')))), 'Größe'],
    [
      'HTML in RTF',
      attribute(
        0x00069003,
        properties(
          property(
            0x102,
            0x1009,
            rtf(String.raw`{\rtf1\ansi\ansicpg1252\fromhtml1 {\*\htmltag64 <p>}Gr\'f6\'dfe{\*\htmltag72 </p>}}`),
          ),
        ),
      ),
      'Größe',
    ],
    [
      'text in RTF',
      attribute(
        0x00069003,
        properties(property(0x102, 0x1009, rtf(String.raw`{\rtf1\ansi\ansicpg1252\fromtext Gr\'f6\'dfe}`))),
      ),
      'Größe',
    ],
  ])('gives its %s where the mail has no words', async (_, body, expected) => {
    expect((await read(winmail(tnef(body)))).text.trim()).toBe(expected)
  })

  it('with compressed RTF that wraps nothing gives the RTF', async () => {
    const compressed = Buffer.from(
      '2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0',
      'hex',
    )
    const message = await read(winmail(tnef(attribute(0x00069003, properties(property(0x102, 0x1009, compressed))))))
    expect(message.attachments.map(({ name, content }) => [name, Buffer.from(content).toString()])).toEqual([
      ['message.rtf', '{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n'],
    ])
  })

  it.each([
    ['that is cut', tnef(begins, title('a.txt'), data('one'), begins, title('b.txt'), data('two')).subarray(0, -4)],
    ['with a message inside', tnef(begins, attribute(0x00069005, properties(property(0xd, 0x3701, Buffer.alloc(40)))))],
    ['that is none', Buffer.from('rubbish')],
  ])('%s stays as it is', async (_, content) => {
    expect((await read(winmail(content, 'Hello'))).attachments[0]?.name).toBe('winmail.dat')
  })

  it('whatever its bytes, never throws and never hangs', () => {
    const whole = tnef(
      begins,
      title('a'),
      attribute(
        0x00069003,
        properties(property(0x1f, 0x1000, wide('x')), property(0x1e, 0x8001, Buffer.alloc(30, 255))),
      ),
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 12 }), (changes) => {
        const bytes = Uint8Array.from(whole)
        for (const [at, value] of changes) bytes[at] = value
        readTnef(bytes)
      }),
      { numRuns: 3_000 },
    )
  })
})

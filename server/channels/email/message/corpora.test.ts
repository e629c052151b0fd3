import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { simpleParser } from 'mailparser'
import type { Email } from 'postal-mime'
import { describe, expect, it } from 'vitest'
import { classifyMail } from '#modules/inbox/rules/auto-mail.ts'
import { splitReply } from '#modules/inbox/rules/quoted-reply.ts'
import { parseMail } from './parse.ts'
import { textOfHtml } from './text.ts'

const data = process.env.TEST_DATA_DIR ?? '../shared/data'
const at = (...path: string[]) => join(data, ...path)
const here = (folder: string) => {
  const found = existsSync(at(folder))
  if (!found) console.log(`skipped: no ${folder} in the test data folder`)
  return found
}
const squeezed = (text: string) => text.replace(/\s+/g, '')
const share = (label: string, right: number, all: number) => {
  console.log(`${label}: ${right} of ${all} (${((100 * right) / all).toFixed(1)} %)`)
  return right / all
}
const files = (folder: string, end: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(end))
    .map((name) => join(folder, name))
const parse = (file: string) => parseMail(readFileSync(file), { from: 'relay@sender.example', to: [] })

describe.skipIf(!here('email-bounces-sisimai'))('bounces, reports and vacation replies of sixty mail systems', () => {
  it('never open a ticket, reopen one or get an answer', async () => {
    const wrong: string[] = []
    const all = files(at('email-bounces-sisimai', 'eml'), '.eml')
    for (const file of all) {
      const outcome = await parse(file)
      if (!outcome.ok) continue
      const found = classifyMail(outcome.message, { ownAddresses: [], ownMessageId: false })
      if (found.mayOpen || found.mayReopen || found.mayAnswer) wrong.push(file)
    }
    share('automatic mail recognised', all.length - wrong.length, all.length)
    expect(wrong).toEqual([])
  })

  it('are not seen where there are none', async () => {
    for (const file of files(at('email-bounces-sisimai', 'not'), '.eml')) {
      const outcome = await parse(file)
      expect(outcome.ok && classifyMail(outcome.message, { ownAddresses: [], ownMessageId: false }).kind, file).toBe(
        'human',
      )
    }
  })
})

describe.skipIf(!here('email-cpython'))('hard messages of a standard library', () => {
  it('are all read, without a NUL in any text', async () => {
    for (const file of files(at('email-cpython'), '.txt')) {
      const outcome = await parse(file)
      expect(outcome.ok, file).toBe(true)
      expect(JSON.stringify({ ...(outcome.ok ? outcome.message : {}), attachments: [] })).not.toContain('\\u0000')
    }
  })
})

type Tree = {
  text_body: number[]
  attachments: number[]
  parts: {
    headers: { name: string; value: Record<string, unknown> }[]
    body: { Text?: string; Html?: string; Binary?: number[]; InlineBinary?: number[]; Message?: unknown }
  }[]
}

// oxlint-disable-next-line no-control-regex
const words = (text: string | undefined) => (text ?? '').replace(/[\u0000-\u001f\u007f-\u009f\s]+/g, '')

describe.skipIf(!here('email-parse-stalwart'))('messages with an expected tree', () => {
  const folder = at('email-parse-stalwart', 'eml')
  const mails = () =>
    readdirSync(folder)
      .filter((name) => !name.includes('.') && name !== 'COPYING')
      .flatMap((name) => files(join(folder, name), '.eml'))
      .map((file) => ({ file, tree: JSON.parse(readFileSync(file.replace(/\.eml$/, '.json'), 'utf8')) as Tree }))

  it('are read no worse than by the two parsers that are used most', async () => {
    const tally = { subjects: [0, 0], senders: [0, 0], texts: [0, 0], attachments: [0, 0] }
    const others = { mailparser: { subjects: 0, texts: 0 }, 'postal-mime': { subjects: 0, texts: 0 } }
    const count = (key: keyof typeof tally, right: boolean) => {
      tally[key][0]! += right ? 1 : 0
      tally[key][1]! += 1
    }
    for (const { file, tree } of mails()) {
      const outcome = await parse(file)
      if (!outcome.ok) throw new Error(`${file}: ${outcome.reason}`)
      const { message } = outcome
      const header = (name: string) => tree.parts[0]?.headers.findLast((one) => one.name === name)?.value
      const subject = header('subject') as { Text?: string } | undefined
      const from = header('from') as { Address?: { List?: { address: string | null }[] } } | undefined
      const text = tree.text_body.map((part) => tree.parts[part]?.body.Text).filter((part) => part !== undefined)
      const raw = readFileSync(file)
      const rivals = { mailparser: await simpleParser(raw), 'postal-mime': await plainPostalMime(raw) }
      if (subject?.Text) {
        count('subjects', words(message.subject) === words(subject.Text))
        for (const name of ['mailparser', 'postal-mime'] as const)
          if (words(rivals[name].subject) === words(subject.Text)) others[name].subjects++
      }
      const address = from?.Address?.List?.[0]?.address
      if (address) count('senders', message.from.address === address)
      if (text.length > 0) {
        count('texts', words(message.text) === words(text.join('\n')))
        for (const name of ['mailparser', 'postal-mime'] as const)
          if (words(rivals[name].text) === words(text.join('\n'))) others[name].texts++
      }
      count('attachments', message.attachments.length === tree.attachments.length)
    }
    for (const [what, [right, all]] of Object.entries(tally))
      expect(share(what, right!, all!), what).toBeGreaterThanOrEqual(0.85)
    for (const [name, { subjects, texts }] of Object.entries(others)) {
      console.log(`${name}: subjects ${subjects}, texts ${texts}`)
      expect([tally.subjects[0]! >= subjects, tally.texts[0]! >= texts], name).toEqual([true, true])
    }
  })

  it('have no leaf that is neither shown nor an attachment', async () => {
    let leaves = 0
    const lost: string[] = []
    for (const { file, tree } of mails()) {
      const outcome = await parse(file)
      if (!outcome.ok) throw new Error(`${file}: ${outcome.reason}`)
      const { text, html, attachments } = outcome.message
      const shown = words(text) + words(html)
      const kept = attachments.map(({ content }) => words(new TextDecoder().decode(content)))
      for (const [index, { body }] of tree.parts.entries()) {
        const written = words(body.Text ?? body.Html)
        const size = body.Binary?.length ?? body.InlineBinary?.length
        if (written === '' && size === undefined && !body.Message) continue
        leaves++
        const isThere = body.Message
          ? attachments.some(({ type }) => type.startsWith('message/'))
          : size !== undefined
            ? attachments.some((file) => Math.abs(file.size - size) <= 2)
            : [shown, ...kept].some((whole) => whole.includes(written))
        if (!isThere) lost.push(`${file} part ${index}`)
      }
    }
    share('leaves shown or attached', leaves - lost.length, leaves)
    console.log(lost.join(', '))
    // One mail holds rubbish where base64 should be, which no two parsers decode alike.
    expect(lost.length).toBeLessThanOrEqual(2)
  })
})

/** The parser as it is published: a fresh copy of the module, without what we mend. */
async function plainPostalMime(raw: Buffer): Promise<{ subject?: string; text?: string }> {
  const path = createRequire(import.meta.url).resolve('postal-mime')
  const { default: PostalMime } = (await import(path)) as { default: { parse(raw: Buffer): Promise<Email> } }
  return (await PostalMime.parse(raw)) as { subject?: string; text?: string }
}

/** Every character of `part` is in `whole`, in this order. */
function holds(whole: string, part: string): boolean {
  let at = 0
  for (const char of part) {
    at = whole.indexOf(char, at) + 1
    if (at === 0) return false
  }
  return true
}

describe.skipIf(!here('email-reply-talon'))('replies of many mail programs', () => {
  it('show what is new, and lose none of it', async () => {
    const fixtures = (...path: string[]) => at('email-reply-talon', 'fixtures', ...path)
    const text = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : '')
    const faults = { lost: [] as string[], kept: [] as string[], signature: [] as string[] }
    let all = 0
    const check = (id: string, input: string, expected: string) => {
      all++
      const split = splitReply(input)
      expect(split.segments.map((segment) => segment.text).join('')).toBe(input)
      const shown = squeezed(
        split.segments
          .filter(({ kind }) => kind !== 'quote')
          .map((segment) => segment.text)
          .join(''),
      )
      if (shown === squeezed(expected)) return
      faults[holds(shown, squeezed(expected)) ? 'kept' : 'lost'].push(id)
    }
    for (const line of text(at('email-reply-talon', 'vectors.jsonl')).trim().split('\n')) {
      const vector = JSON.parse(line) as { id: string; kind: string; input: string; expected: string }
      if (vector.kind === 'text/plain') check(vector.id, vector.input, vector.expected)
      else check(vector.id, textOfHtml(vector.input), textOfHtml(vector.expected))
    }
    for (const file of files(fixtures('standard_replies'), '.eml')) {
      const outcome = await parse(file)
      check(file, outcome.ok ? outcome.message.text : '', text(file.replace(/\.eml$/, '_reply_text')) || 'Hello')
    }
    for (const file of files(fixtures('html_replies'), '.html'))
      check(file, textOfHtml(text(file)), 'Hi. I am fine. Thanks, Alex')
    for (const file of files(fixtures('signature', 'emails', 'stripped'), '_body')) {
      all++
      const part = (end: string) => text(file.replace(/_body$/, end))
      const { signature } = splitReply(part('_body'), { sender: part('_sender').trim() })
      if (squeezed(signature) !== squeezed(part('_signature'))) faults.signature.push(file)
    }
    console.log(
      `reply text lost: ${faults.lost.length}, quote kept: ${faults.kept.length}, signature missed: ${faults.signature.length}`,
    )
    const wrong = faults.lost.length + faults.kept.length + faults.signature.length
    expect(share('replies parted right', all - wrong, all)).toBeGreaterThanOrEqual(0.95)
    expect(faults.lost).toEqual([])
  })
})

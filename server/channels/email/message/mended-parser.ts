import { isUtf8 } from 'node:buffer'
import PostalMime from 'postal-mime'
import type { Attachment, Email } from 'postal-mime'
import { decodeText } from './charset.ts'
import { mendEncodedWords } from './encoded-words.ts'
import { unflow } from './flowed.ts'
import { mailLimits } from './limits.ts'
import { betterDecoder, uuFiles, type LineDecoder } from './part-decoders.ts'

/** The parts of the parser that are mended. It offers no way to do so; a test watches that each still takes effect. */
type Node = {
  postalMime: Parser
  parentNode?: Node
  childNodes: Node[]
  headerLines: string[]
  headers: { key: string; value: string }[]
  contentType: {
    value: string
    parsed: { value: string; params: Record<string, string> }
    multipart: string | false
  }
  contentDecoder: LineDecoder | null
  content: ArrayBuffer | null
  feed(line: Uint8Array): void
  processHeaders(): void
  setupContentDecoder(encoding: string): void
  getTextContent(): string
}
type Parser = {
  root: Node
  av: Uint8Array
  textMap: Map<unknown, unknown>
  textTypes: Set<string>
  attachments: Attachment[]
  parse(raw: Uint8Array): Promise<Email>
  collectNode(node: Node, alternative: unknown, related: boolean): Promise<void>
}

const rawHeaders = new WeakMap<Node, Map<number, Uint8Array>>()
const hints = new WeakMap<Parser, string>()
const mendings = new WeakMap<Parser, number>()
const maxMendings = 3
const lineEnd = Buffer.from('\n')

function newParser(): Parser {
  const parser: unknown = new PostalMime({
    // A forwarded or bounced mail is evidence, not text of the sender: it stays an attachment.
    forceRfc822Attachments: true,
    maxNestingDepth: mailLimits.maxNesting,
    maxHeadersSize: mailLimits.maxHeaderBytes,
  })
  return parser as Parser
}

/** Takes a mail apart; what breaks the rules of MIME is read as it was meant where that can be told. */
export function parseMended(raw: Uint8Array): Promise<Email> {
  return newParser().parse(withLineFeeds(raw))
}

/** A file of the old Macintosh ends its lines with a lone CR; one saved as UTF-16 has a zero beside every letter. */
function withLineFeeds(raw: Uint8Array): Uint8Array {
  const isWide = (raw[0] === 0xff && raw[1] === 0xfe) || (raw[0] === 0xfe && raw[1] === 0xff)
  if (isWide) return new TextEncoder().encode(decodeText(raw))
  return raw.includes(0x0a) ? raw : raw.map((byte) => (byte === 0x0d ? 0x0a : byte))
}

/** Lets the parser use the mended functions, once per process. */
function mend(): void {
  const parser = newParser()
  const node: Node = Object.getPrototypeOf(parser.root)
  const parsers: Parser = Object.getPrototypeOf(parser)
  const { feed, processHeaders, setupContentDecoder } = node
  const { collectNode } = parsers
  node.feed = function (line) {
    const before = this.headerLines.length
    feed.call(this, line)
    if (this.headerLines.length === before || isUtf8(line)) return
    const kept = rawHeaders.get(this) ?? new Map<number, Uint8Array>()
    kept.set(before, Uint8Array.from(line))
    rawHeaders.set(this, kept)
  }
  node.processHeaders = function () {
    mendHeaders(this)
    processHeaders.call(this)
  }
  node.setupContentDecoder = function (encoding) {
    setupContentDecoder.call(this, encoding)
    const better = betterDecoder(encoding)
    if (better) this.contentDecoder = better
  }
  node.getTextContent = function () {
    return textOf(this)
  }
  parsers.collectNode = async function (part, alternative, related) {
    if (await collectBroken(this, part)) return
    await collectNode.call(this, part, alternative, related)
  }
}

mend()

/** Raw bytes beyond ASCII get the charset that the mail names, else the likeliest; encoded words are made whole. */
function mendHeaders(node: Node): void {
  const kept = rawHeaders.get(node)
  if (kept) {
    const hint = hintOf(node.postalMime)
    // One guess for all of them: a single short line says little.
    const whole = decodeText(Buffer.concat([...kept.values()].flatMap((line) => [line, lineEnd])), '', hint).split('\n')
    for (const [at, index] of [...kept.keys()].entries()) node.headerLines[index] = whole[at] ?? ''
  }
  const lines: string[] = []
  for (const line of node.headerLines) {
    const last = lines.at(-1)
    const goesOn = last !== undefined && /^[ \t]/.test(line) && (last.includes('=?') || line.includes('=?'))
    if (goesOn && last.length < 20_000) lines[lines.length - 1] = last + line
    else lines.push(line)
  }
  node.headerLines = lines.map((line) => mendEncodedWords(line))
}

/** Any charset that any part of the mail names. */
function hintOf(parser: Parser): string {
  const before = hints.get(parser)
  if (before !== undefined) return before
  const head = Buffer.from(parser.av.subarray(0, 64_000)).toString('latin1')
  const named = [...head.matchAll(/charset\s*=\s*"?([\w.:-]{2,40})/gi)].map((match) => match[1]!.toLowerCase())
  const hint = named.find((label) => !/^(?:us-ascii|utf-?8)$/.test(label)) ?? ''
  hints.set(parser, hint)
  return hint
}

function textOf(node: Node): string {
  if (!node.content) return ''
  const { value, params } = node.contentType.parsed
  const text = decodeText(new Uint8Array(node.content), params.charset ?? '', hintOf(node.postalMime))
  if (/^flowed$/i.test(params.format ?? '')) return unflow(text, /^yes$/i.test(params.delsp ?? ''))
  if (value !== 'text/plain') return text
  const found = uuFiles(text)
  for (const { name, content } of found.files)
    node.postalMime.attachments.push({
      filename: name,
      mimeType: 'application/octet-stream',
      disposition: 'attachment',
      content,
    })
  return found.text
}

/** A multipart whose boundary never comes would be lost: its parts are found by the boundary that does come, else it is text. */
async function collectBroken(parser: Parser, node: Node): Promise<boolean> {
  const headless = node === parser.root && !node.headers.some(({ key }) => key === 'content-type')
  if (node.childNodes.length > 0 || !node.content?.byteLength || !(node.contentType.multipart || headless)) return false
  const content = new Uint8Array(node.content)
  const head = Buffer.from(content.subarray(0, 16_000)).toString('latin1')
  const boundary = /^--([^\s-][^\r\n]{0,68}?)[ \t]*\r?\ncontent-[a-z-]{2,30}:/im.exec(head)?.[1]
  const times = mendings.get(parser) ?? 0
  if (boundary !== undefined && !boundary.includes('"') && times < maxMendings) {
    const inner = newParser()
    mendings.set(inner, times + 1)
    const type = node.contentType.multipart || 'mixed'
    const header = Buffer.from(`Content-Type: multipart/${type}; boundary="${boundary}"\r\n\r\n`, 'latin1')
    await inner.parse(Buffer.concat([header, content]))
    for (const [part, entry] of inner.textMap) parser.textMap.set(part, entry)
    for (const type of inner.textTypes) parser.textTypes.add(type)
    parser.attachments.push(...inner.attachments)
    return true
  }
  if (node.contentType.multipart)
    node.contentType = {
      value: 'text/plain',
      parsed: { value: 'text/plain', params: node.contentType.parsed.params },
      multipart: false,
    }
  return false
}

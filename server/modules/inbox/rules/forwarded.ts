import { readHeaderBlock } from './header-block.ts'
import { forwardedMessage, originalMessage } from './quote-words.ts'
import { stripSubject } from './subject.ts'
import { lines as linesOf, type Line } from './text-lines.ts'

export type ForwardedMail = {
  /** Whoever wrote the mail that was passed on. */
  from: { address: string; name: string }
  subject: string
  text: string
  /** What the person who forwarded it wrote above. */
  words: string
}

const forwardSubject =
  /^\s*(?:fwd?|wg|tr|rv|enc|doorst|vb|vl|vs|i|pd|továbbítás|videresendt|ilt|i̇lt|пересл|пер|转发|轉寄|転送|전달|chuyển tiếp|προθ)\s*(?:\[\d+\])?\s*[:：]/iu

/** Whether a subject says that the mail passes another one on. */
export function saysForward(subject: string): boolean {
  return forwardSubject.test(subject)
}

/**
 * The mail inside a forwarded one, as the usual mail programs write it into the text: a line that says so or a subject that
 * does, then a block with From, in any of their languages. Null when there is no address to give it back to.
 */
export function readForwarded(mail: { subject: string; text: string }): ForwardedMail | null {
  const lines = linesOf(mail.text)
  const unquoted = lines.map((line) => ({ ...line, text: line.text.replace(/^\s{0,3}>\s?/, '') }))
  const marker = unquoted.findIndex(({ text }) => forwardedMessage.test(text) || originalMessage.test(text))
  const said = marker >= 0 && forwardedMessage.test(unquoted[marker]?.text ?? '')
  if (!said && !saysForward(mail.subject)) return null
  const first = blockFrom(unquoted, marker >= 0 ? marker + 1 : 0, marker >= 0 ? marker + 6 : unquoted.length)
  if (!first) return null
  const from = personIn(first.found.get('from') ?? '')
  if (!from) return null
  const quoted = lines.slice(first.at, first.next).every(({ text }) => text.trim() === '' || text.startsWith('>'))
  const body = (quoted ? unquoted : lines).slice(first.next)
  const subject = stripSubject((first.found.get('subject') ?? '').replace(/\s+/g, ' ')) || stripSubject(mail.subject)
  return {
    from,
    subject,
    text: body
      .map(({ text }) => text)
      .join('\n')
      .trim(),
    words: lines
      .slice(0, marker >= 0 ? marker : first.at)
      .map(({ text }) => text)
      .join('\n')
      .trim(),
  }
}

function blockFrom(lines: readonly Line[], start: number, end: number) {
  for (let at = start; at < Math.min(lines.length, end); at++) {
    const block = readHeaderBlock(lines, at)
    // A block of two lines can be a form; with From and an address in it, it is the head of a mail.
    if (block && block.found.size >= 2 && /\S@\S/.test(block.found.get('from') ?? '')) return { ...block, at }
  }
  return null
}

function personIn(value: string): { address: string; name: string } | null {
  const address = /[^\s<>"'(),;:[\]]+@[^\s<>"'(),;:[\]]+\.\p{L}{2,}/u.exec(value)?.[0]
  if (!address) return null
  const name = value
    .slice(0, value.indexOf(address))
    .replace(/(?:mailto:|[<>"'[\]*()])/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return { address: address.toLowerCase(), name: name.slice(0, 200) }
}

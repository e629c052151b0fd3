import { lines as linesOf, type Line } from './text-lines.ts'

const maxLines = 30
const contact =
  /\S+@\S+\.\S+|(?:https?:\/\/|www\.)\S+|(?:\+?\(?\d[\d\s()./-]{6,}\d)|\b(?:skype|tel|phone|mobile|fax)\b/i
const closing =
  /^\s*(?:thank you|thanks|many thanks|best|best regards|kind regards|regards|cheers|sincerely|yours(?: \w+)?|mit freundlichen grüßen|viele grüße|beste grüße|lg|mfg|cordialement|bien à vous|saludos|un saludo|atentamente|cordiali saluti|saluti|atenciosamente|obrigad[oa]|met vriendelijke groet(?:en)?|groeten|med vänlig hälsning|mvh|venlig hilsen|med vennlig hilsen|pozdrawiam|s pozdravem|с уважением|з повагою|saygılarımla|ystävällisin terveisin|terveisin|よろしくお願い(?:いた|致)?します|よろしくお願い申し上げます|敬具|谢谢|謝謝|此致|祝好|敬上|감사합니다|고맙습니다)\s*[,.!。，！、]?\s*$/iu

/**
 * Where the signature at the end of a text begins, or null. Only what is clearly one is taken: after "-- ",
 * after a rule with contact data below it, or a closing or the sender's name with short lines after it.
 */
export function signatureStart(text: string, sender: string): number | null {
  const lines = linesOf(text)
  const filled = lines.filter((line) => line.text.trim() !== '')
  if (filled.length < 2) return null
  return afterDashes(lines) ?? afterRule(lines) ?? afterClosing(lines, sender) ?? afterName(lines, sender)
}

function afterDashes(lines: readonly Line[]): number | null {
  const at = lines.findLastIndex((line) => /^--\s?$/.test(line.text))
  return at >= 0 && short(lines.slice(at + 1)) ? lines[at]!.start : null
}

function afterRule(lines: readonly Line[]): number | null {
  const at = lines.findLastIndex((line) => /^\s*[-_]{5,}\s*$/.test(line.text))
  const rest = lines.slice(at + 1)
  return at >= 0 && short(rest) && rest.filter((line) => contact.test(line.text)).length >= 2 ? lines[at]!.start : null
}

function afterClosing(lines: readonly Line[], sender: string): number | null {
  const at = lines.findLastIndex((line) => closing.test(line.text))
  const rest = lines.slice(at + 1).filter((line) => line.text.trim() !== '')
  if (at < 0 || rest.length === 0 || rest.length > 8 || !short(rest)) return null
  const first = rest[0]!.text
  const named = namesOf(sender).some((name) => first.toLowerCase().includes(name))
  return named || rest.some((line) => contact.test(line.text)) ? lines[at]!.start : null
}

function afterName(lines: readonly Line[], sender: string): number | null {
  const names = namesOf(sender)
  const end = lines.findLastIndex((line) => line.text.trim() !== '') + 1
  for (let at = end - 1; at > 0 && at >= end - 8 && lines[at]!.text.trim() !== ''; at--) {
    const line = lines[at]!.text
    const alone = lines[at - 1]!.text.trim() === ''
    if (!alone || line.length > 40 || !names.some((name) => line.toLowerCase().includes(name))) continue
    const rest = lines.slice(at + 1, end)
    const full = sender.trim() !== '' && line.trim().toLowerCase() === sender.trim().toLowerCase()
    if (rest.length > 0 && short(rest) && (full || rest.some((other) => contact.test(other.text))))
      return lines[at]!.start
  }
  return null
}

function namesOf(sender: string): string[] {
  const name = sender.includes('@') && !sender.includes(' ') ? sender.slice(0, sender.indexOf('@')) : sender
  return name
    .toLowerCase()
    .split(/[\s.,_<>"']+/u)
    .filter((word) => word.length >= 3)
}

/** Lines of a signature are short, few, and ask nothing. */
function short(lines: readonly Line[]): boolean {
  const filled = lines.filter((line) => line.text.trim() !== '')
  return filled.length <= maxLines && filled.every((line) => line.text.length <= 100 && !/[?？]\s*$/.test(line.text))
}

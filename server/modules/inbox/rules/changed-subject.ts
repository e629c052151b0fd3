import { normaliseSubject } from './subject.ts'

/** Words that a topic of its own takes at least, after the greeting. */
const fewestWords = 6

const greeting =
  /^\s*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|hallo|guten (?:tag|morgen|abend)|liebe[rs]?|sehr geehrte\S*|bonjour|salut|hola|buenos d[ií]as|ciao|buongiorno|ol[áa]|bom dia|beste|hej|cześć|dzień dobry|merhaba)\b[^\n.?!]{0,60}[\n,!.]+/iu

/**
 * Rule 5: whether a mail that joins a ticket by its headers is about something else. Its subject must be another one, not
 * the old one with words added or taken away, and what is new in it must be enough to be a topic.
 */
export function opensTopic(input: { ticketSubject: string; mailSubject: string; newText: string }): boolean {
  const ticket = normaliseSubject(input.ticketSubject)
  const mail = normaliseSubject(input.mailSubject)
  if (ticket === '' || mail === '' || ticket === '(no subject)' || sameSubject(ticket, mail)) return false
  const said = input.newText.replace(greeting, '').trim()
  // Scripts without spaces have more to a word than one letter, and fewer letters to a thought.
  const words = said.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]{2}|[\p{L}\p{N}]+/gu)
  return (words?.length ?? 0) >= fewestWords
}

function sameSubject(one: string, other: string): boolean {
  if (one === other) return true
  const [a, b] = [plainWords(one), plainWords(other)]
  return contains(a, b) || contains(b, a)
}

function plainWords(subject: string): string {
  return (subject.match(/[\p{L}\p{N}]+/gu) ?? []).join(' ')
}

function contains(long: string, short: string): boolean {
  // Cut by a mail program, or lengthened by a person: `Charged twice` and `Charged twice (urgent)`.
  return short.length >= 4 && ` ${long} `.includes(` ${short} `)
}

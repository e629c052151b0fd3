import { isOurs, normaliseAddress } from './address.ts'

export type KnownNames = {
  /** Colleagues with the addresses they write from. */
  agents: readonly { name: string; email: string }[]
  /** The company and its mailboxes. */
  ours: readonly string[]
  ownAddresses: readonly string[]
}

/** Overrides of the writing direction and characters of no width; joiners and plain marks belong to some scripts. */
const hidden = /[\u200b\u2060\u202a-\u202e\u2066-\u2069\ufeff]/u
const addressIn = /[^\s<>"'(),;:]+@[^\s<>"'(),;:]+\.\p{L}{2,}/u

/** What is wrong with the name a sender goes by, in words for an agent, or undefined. */
export function nameTrick(from: { name: string; address: string }, known: KnownNames): string | undefined {
  const address = normaliseAddress(from.address)
  const ours = isOurs(address, known.ownAddresses)
  if (hidden.test(from.name)) return 'The name holds characters that cannot be seen.'
  const shown = addressIn.exec(from.name)?.[0]
  if (shown !== undefined && normaliseAddress(shown) !== address)
    return `The name shows another address (${normaliseAddress(shown).slice(0, 100)}).`
  const look = skeleton(from.name)
  if (look.length < 3 || ours || known.agents.some(({ email }) => normaliseAddress(email) === address)) return undefined
  const plain = plainName(from.name)
  for (const { name } of known.agents) {
    const same = plainName(name) === plain
    // Many people share a first name; nobody spells one in two alphabets.
    if (same ? plain.includes(' ') : skeleton(name) === look) return `The name is that of ${name}, a colleague.`
  }
  for (const name of known.ours) {
    const own = skeleton(name)
    if (own.length >= 4 && (look === own || (look.startsWith(own) && trade.test(look.slice(own.length)))))
      return `The name is that of ${name}, our own.`
  }
  return undefined
}

const trades = 'support team help helpdesk service billing security admin account accounts customercare customerservice'
const trade = new RegExp(`^(${trades.replaceAll('i', 'l').replaceAll(' ', '|')})+$`)

function plainName(name: string): string {
  return name.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim()
}

const twins = new Map(
  [
    ...'аa еe оo рp сc уy хx іi јj ѕs ԁd һh ԛq ԝw кk мm тt вb нh αa εe οo ρp τt υu νv ιi κk ηn χx ɡg ıi 0o 1l |l'.matchAll(
      /(\S)(\S)/gu,
    ),
  ].map(([, twin = '', latin = '']) => [twin, latin]),
)

/** A name as the eye takes it: without marks, spaces and case, letters of other alphabets as the Latin ones they look like. */
function skeleton(name: string): string {
  const letters = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  return [...letters]
    .map((letter) => twins.get(letter) ?? letter)
    .join('')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replaceAll('i', 'l')
}

import { randomUUID } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { Store } from '../store.ts'
import { headerValue } from './raw-headers.ts'

export type Outcome = {
  /** `unanswered`: the world has the message, the sender was never told. `bounced`: accepted, then returned by a DSN. */
  kind: 'accepted' | 'unanswered' | 'refused' | 'bounced' | 'failed'
  /** The SMTP answer, or one sentence about why there was none. */
  line: string
}

/** One SMTP transaction: `received` by the world's servers, or `sent` by a person of the world to the desk. */
export type StoredMail = {
  id: string
  direction: 'received' | 'sent'
  /** Milliseconds on the emulators' clock. */
  at: number
  envelope: { from: string; to: string[] }
  /** The Message-ID header with its angle brackets, empty when the message has none. */
  messageId: string
  size: number
  outcome: Outcome
  base64: string
}

/** Whose mailbox shows which mail: the recipients of what was received, the sender of what was sent. */
type Copy = { address: string; mail: string; direction: StoredMail['direction']; at: number; name: string }

export type Person = { address: string; name: string; received: number; sent: number; lastAt: number }

export type Mailbox = {
  /** `name` is how the sender calls themself; the list of people shows it. */
  keep(mail: Pick<StoredMail, 'direction' | 'envelope' | 'outcome'> & { raw: Buffer; name?: string }): StoredMail
  /** Finds by our own id or by the Message-ID header, with or without its angle brackets. */
  find(idOrMessageId: string): StoredMail | undefined
  byMessageId(messageId: string): StoredMail[]
  /** Oldest first. */
  of(address: string, direction: StoredMail['direction'] | 'all'): StoredMail[]
  /** Whoever wrote or was written to last comes first. */
  people(): Person[]
  /** How this person last called themself, empty when they never did. */
  nameOf(address: string): string
  clear(address?: string): void
}

export function createMailbox({ store, clock }: { store: Store; clock: Clock }): Mailbox {
  const copiesOf = (address: string) => store.by<Copy>('mail.copy', 'address', address.toLowerCase())
  const forget = (copy: Copy) => {
    store.remove('mail.copy', `${copy.mail} ${copy.address}`)
    if (store.by('mail.copy', 'mail', copy.mail).length === 0) store.remove('mail.message', copy.mail)
  }
  return {
    keep({ direction, envelope, raw, outcome, name = '' }) {
      const mail: StoredMail = {
        id: `mail_${randomUUID().replaceAll('-', '').slice(0, 20)}`,
        direction,
        at: clock.now(),
        envelope,
        messageId: headerValue(raw, 'message-id'),
        size: raw.length,
        outcome,
        base64: raw.toString('base64'),
      }
      const owners = direction === 'sent' ? [envelope.from] : envelope.to
      store.transaction(() => {
        store.put('mail.message', mail.id, mail)
        for (const owner of new Set(owners.map((address) => address.toLowerCase()))) {
          const copy: Copy = { address: owner, mail: mail.id, direction, at: mail.at, name }
          store.put('mail.copy', `${mail.id} ${owner}`, copy)
        }
      })
      return mail
    },
    find: (id) =>
      store.get<StoredMail>('mail.message', id) ??
      store.by<StoredMail>('mail.message', 'messageId', bracketed(id)).at(-1),
    byMessageId: (messageId) => store.by<StoredMail>('mail.message', 'messageId', bracketed(messageId)),
    of: (address, direction) =>
      copiesOf(address).flatMap((copy) =>
        direction === 'all' || copy.direction === direction
          ? (store.get<StoredMail>('mail.message', copy.mail) ?? [])
          : [],
      ),
    nameOf: (address) => copiesOf(address).findLast(({ name }) => name !== '')?.name ?? '',
    people() {
      const people = new Map<string, Person>()
      for (const { address, direction, at, name } of store.list<Copy>('mail.copy')) {
        const person = people.get(address) ?? { address, name: '', received: 0, sent: 0, lastAt: 0 }
        person[direction] += 1
        person.lastAt = Math.max(person.lastAt, at)
        person.name = name || person.name
        people.set(address, person)
      }
      return [...people.values()].sort((a, b) => b.lastAt - a.lastAt)
    },
    clear(address) {
      store.transaction(() => {
        const copies = address === undefined ? store.list<Copy>('mail.copy') : copiesOf(address)
        for (const copy of copies) forget(copy)
      })
    },
  }
}

function bracketed(messageId: string): string {
  return `<${messageId.trim().replace(/^<|>$/g, '')}>`
}

import type { AddressState } from '#contract/addresses.ts'
import type { Id } from '#contract/ids.ts'
import type { MailAuthentication } from '#modules/inbox/ports.ts'
import { createLetterWorld, type LetterWorld } from './letters.ts'
// Tests of the inbox look at its insides.
import { setDelivery } from '../server/modules/inbox/store/deliveries.ts'
import { addressStates } from '../server/modules/inbox/store/mail-addresses.ts'

export type BounceWorld = LetterWorld & {
  /** An address that nobody has written from yet. */
  fresh(name: string): string
  /** A ticket of a customer with a reply that went out. */
  replied(
    from: string,
    more?: { cc?: string[] },
  ): Promise<{ ticketId: Id<'tkt'>; messageId: Id<'msg'>; providerId: string }>
  stateOf(email: string): Promise<AddressState | undefined>
  notesOf(ticketId: Id<'tkt'>): Promise<string[]>
  /** What a sender's authentication says of mail from now on. */
  prove(proof: Partial<MailAuthentication>): void
}

const unproven: MailAuthentication = {
  spf: 'none',
  dkim: 'none',
  dmarc: 'none',
  aligned: false,
  domain: 'customer.test',
}

/** A desk whose replies count as sent at once, for trying what comes back of them. */
export async function createBounceWorld(): Promise<BounceWorld> {
  let proof = unproven
  let count = 0
  const t = await createLetterWorld({ authenticate: () => Promise.resolve(proof) })
  return {
    ...t,
    fresh: (name) => `${name}${++count}@customer.test`,
    async replied(from, { cc = [] } = {}) {
      const ticketId = await t.filed({ from })
      const people = { to: [{ email: from }], cc: cc.map((email) => ({ email })) }
      const { id, providerId } = await t.answer(ticketId, people)
      await setDelivery(t.desk(), id, 'sent')
      return { ticketId, messageId: id, providerId: providerId ?? '' }
    },
    stateOf: async (email) => (await addressStates(t.desk(), [email])).get(email)?.state,
    notesOf: async (ticketId) =>
      (await t.messages(ticketId)).filter((one) => one.kind === 'note').map(({ text }) => text),
    prove: (more) => {
      proof = { ...unproven, ...more }
    },
  }
}

import * as z from 'zod'

const Money = z.object({ id: z.string(), amount: z.number(), status: z.string().nullable() })
const Ledger = z.object({
  charges: z.array(
    z.object({
      charge: z.string(),
      paid: z.number(),
      refunded: z.number(),
      refunds: z.array(Money),
      disputes: z.array(Money),
      creditNotes: z.array(Money),
    }),
  ),
})

const kinds = ['charge', 'refund', 'dispute', 'credit_note'] as const
type Kind = (typeof kinds)[number]
type Query = (text: string) => Promise<Record<string, unknown>[]>

/** What a line of the books says of one object: its amounts and its state, in one text. */
type Books = Map<string, string>

/**
 * Compares the emulated Stripe's own books of every paid charge with what the desk keeps of them: amounts, states, and that
 * neither side knows of one more. `wrong` says in words where they differ.
 */
export async function booksAgree(
  emulatorsUrl: string,
  query: Query,
): Promise<{ counts: Record<Kind, number>; wrong: string[] }> {
  const answer = await fetch(`${emulatorsUrl}/control/stripe/ledger`)
  const { charges } = Ledger.parse(await answer.json())
  const theirs: Record<Kind, Books> = {
    charge: new Map(),
    refund: new Map(),
    dispute: new Map(),
    credit_note: new Map(),
  }
  for (const { charge, paid, refunded, refunds, disputes, creditNotes } of charges) {
    theirs.charge.set(charge, `${paid} ${refunded}`)
    for (const one of refunds) theirs.refund.set(one.id, `${one.amount} ${one.status}`)
    for (const one of disputes) theirs.dispute.set(one.id, `${one.amount} ${one.status}`)
    for (const one of creditNotes) theirs.credit_note.set(one.id, `${one.amount} ${one.status}`)
  }
  const wrong: string[] = []
  for (const kind of kinds) {
    const ours = await mirrored(query, kind)
    const both = new Set([...theirs[kind].keys(), ...ours.keys()])
    for (const id of both) {
      const [there, here] = [theirs[kind].get(id), ours.get(id)]
      if (there !== here) wrong.push(`${id} is ${there ?? 'not'} at Stripe and ${here ?? 'not'} here`)
    }
  }
  const counts = Object.fromEntries(kinds.map((kind) => [kind, theirs[kind].size])) as Record<Kind, number>
  return { counts, wrong }
}

/** Failed charges are in nobody's books. */
const told: Record<Kind, string> = {
  charge: `(data ->> 'amount_captured') || ' ' || (data ->> 'amount_refunded')`,
  refund: `(data ->> 'amount') || ' ' || (data ->> 'status')`,
  dispute: `(data ->> 'amount') || ' ' || (data ->> 'status')`,
  credit_note: `(data ->> 'amount') || ' ' || (data ->> 'status')`,
}

async function mirrored(query: Query, kind: Kind): Promise<Books> {
  const rows = await query(
    `select id, ${told[kind]} as told from mirror_objects
     where kind = '${kind}' and not deleted and (kind <> 'charge' or (data ->> 'paid')::boolean)`,
  )
  return new Map(rows.map(({ id, told: words }) => [String(id), String(words)]))
}

import type { CorrectionKind } from '#contract/ticket-events.ts'

type Standing = { number: number; mergedInto: number | null; isClosed: boolean }

export type Taking = {
  from: Standing
  /** Messages chosen, and messages the ticket has in all. */
  chosen: number
  all: number
  /** A chosen reply is about to leave, or is being handed over. */
  leaving: boolean
}

/** Why messages cannot be taken out of a ticket, as a sentence; null when they can. */
export function whyNotTaken({ from, chosen, all, leaving }: Taking): string | null {
  if (from.mergedInto !== null)
    return `Ticket #${from.number} was merged into #${from.mergedInto}; its messages are there.`
  if (leaving) return 'A reply among these is just leaving. Wait until it has left, or take it back first.'
  if (chosen >= all) return `That is all of #${from.number}. Leave a message in it, or merge the whole ticket instead.`
  return null
}

/** Why a ticket cannot be given messages, as a sentence; null when it can. */
export function whyNotGiven(to: Standing): string | null {
  if (to.mergedInto !== null) return `Ticket #${to.number} was itself merged into #${to.mergedInto}. Choose that one.`
  if (to.isClosed) return `Ticket #${to.number} is closed and stays so. Choose one that is not.`
  return null
}

/** Why a ticket cannot be merged away. */
export function whyNotMerged({ from, leaving }: { from: Standing; leaving: boolean }): string | null {
  if (from.mergedInto !== null) return `Ticket #${from.number} is merged into #${from.mergedInto} already.`
  if (leaving) return `A reply on #${from.number} is just leaving. Wait until it has left, or take it back first.`
  return null
}

/** Why a ticket's sender cannot be changed to this contact. */
export function whyNotRelinked({ from, same }: { from: Standing; same: boolean }): string | null {
  if (from.mergedInto !== null)
    return `Ticket #${from.number} was merged into #${from.mergedInto}; change the sender there.`
  return same ? `That contact is the sender of #${from.number} already.` : null
}

export type UndoFacts = {
  kind: CorrectionKind
  undone: boolean
  /** One of its tickets is deleted, or may not be seen. */
  missing: boolean
  /** A later correction, not undone, of one of its tickets. */
  laterOn: number | null
  /** A customer's mail or a person's reply that came to one of its tickets since, and to which. */
  since: { what: 'mail' | 'reply'; number: number } | null
  /** A reply that is about to leave from one of its tickets. */
  leavingOn: number | null
}

/**
 * Why a correction can no longer be undone; null while it can. What stands on it goes first: a later correction, and words
 * said since, which would be torn from what they answer. Notes, automatic mail, status, owner and tags do not hold it.
 */
export function whyNotUndone({ kind, undone, missing, laterOn, since, leavingOn }: UndoFacts): string | null {
  if (undone) return 'It is undone already.'
  if (missing) return 'One of its tickets was deleted, or is not yours to see.'
  if (laterOn !== null) return `#${laterOn} was corrected again since. Undo the later correction first.`
  if (kind === 'sender') return null
  if (leavingOn !== null) return `A reply on #${leavingOn} is about to leave. Wait, or take it back first.`
  if (!since) return null
  const what = since.what === 'mail' ? 'the customer has written' : 'somebody has replied'
  return `In #${since.number} ${what} since. Move the messages by hand instead.`
}

import type { Id } from '#contract/ids.ts'
import type { Priority, TicketStatus } from '#contract/inbox.ts'
import type { SlaEvent, TicketEvent, TicketEventData, TicketEventType } from '#contract/ticket-events.ts'
import { standing } from '#contract/ticket-history.ts'
import type { Desk } from '#server/desk.ts'
import { newId, idOf, uuidOf } from '#platform/ids.ts'
import type { NewEvent } from '#platform/ledger/append.ts'
import { breachesDue, decideSla, foldClocks, reviseSla, type SlaClock, type SlaEventDraft } from './rules/sla.ts'
import { slaTerms } from './sla-terms.ts'
import { saveClocks } from './store/clocks.ts'

/** What happened to a ticket, as the ledger will say it. */
export type Happening<T extends TicketEventType = TicketEventType> = {
  [K in T]: { type: K; data: TicketEventData[K]; causeId?: Id<'evt'> | null }
}[T]

export type RecordedTicket = {
  id: Id<'tkt'>
  contactId: Id<'con'> | null
  accountId: Id<'acc'> | null
  /** After what happened. */
  priority: Priority
  status: TicketStatus
  /** True while it is being made: it has no history to read. */
  isNew?: boolean
}

/**
 * Appends what happened to a ticket and what that does to its clocks, in one go, and brings the projection of the clocks
 * up to it. The caller holds the ticket's row (or is making it), so no two histories of one ticket interleave.
 */
export async function record(
  desk: Desk,
  ticket: RecordedTicket,
  happenings: readonly Happening[],
): Promise<Id<'evt'>[]> {
  const { ids, events, clocks } = await planRecord(desk, ticket, happenings)
  await desk.emit(...events)
  if (clocks.length > 0) await saveClocks(desk, ticket, clocks)
  return ids
}

/** What `record` appends, and how the clocks stand afterwards, for a caller that writes both with the ticket itself. */
export async function planRecord(
  desk: Desk,
  ticket: RecordedTicket,
  happenings: readonly Happening[],
): Promise<{ ids: Id<'evt'>[]; events: NewEvent[]; clocks: SlaClock[] }> {
  const now = desk.now()
  const { calendar, calendars, policy } = await slaTerms(desk)
  const known: SlaEvent[] = ticket.isNew ? [] : await readSlaEvents(desk, ticket.id, happenings)
  const events: NewEvent[] = []
  const ids: Id<'evt'>[] = []
  for (const { type, data, causeId } of happenings) {
    const id = newId('evt', now)
    ids.push(id)
    // One instant for all of it, whenever the line is appended: the rules know by it what belongs together.
    events.push({ id, type, data, occurredAt: now, causeId: causeId ?? null, ...subject(ticket) })
    const event = {
      id,
      seq: 0,
      type,
      occurredAt: now,
      actorKind: desk.actor.kind,
      actorId: desk.actor.id,
      ticketId: ticket.id,
      data,
    } as TicketEvent
    const clocks = foldClocks(known, calendars, now)
    for (const draft of decideSla({ event, clocks, policy, calendar, priority: ticket.priority }))
      addDraft(draft, ticket, events, known)
  }
  return { ids, events, clocks: known.length > 0 ? foldClocks(known, calendars, now) : [] }
}

/** Writes the breaches that have happened by now, each stamped at its deadline, and saves the clocks. */
export async function recordBreaches(desk: Desk, ticket: RecordedTicket): Promise<number> {
  return recordDrafts(desk, ticket, (clocks) => breachesDue(clocks, desk.now()))
}

/** Puts the open clocks of a ticket on the calendar and target in force, from now on, and saves them. */
export async function recordRevision(desk: Desk, ticket: RecordedTicket): Promise<number> {
  const { calendar, policy } = await slaTerms(desk)
  const { priority } = ticket
  return recordDrafts(desk, ticket, (clocks) =>
    reviseSla({ clocks, policy, calendar, priority, at: desk.now(), causeId: null, reason: 'calendar' }),
  )
}

async function recordDrafts(
  desk: Desk,
  ticket: RecordedTicket,
  decide: (clocks: SlaClock[]) => SlaEventDraft[],
): Promise<number> {
  const { calendars } = await slaTerms(desk)
  const known = await readSlaEvents(desk, ticket.id)
  const drafts = decide(foldClocks(known, calendars, desk.now()))
  if (drafts.length === 0) return 0
  const events: NewEvent[] = []
  for (const draft of drafts) addDraft(draft, ticket, events, known)
  await desk.emit(...events)
  await saveClocks(desk, ticket, foldClocks(known, calendars, desk.now()))
  return drafts.length
}

function addDraft(draft: SlaEventDraft, ticket: RecordedTicket, events: NewEvent[], known: SlaEvent[]): void {
  const id = newId('evt', draft.occurredAt)
  const causeId = draft.causeId as Id<'evt'> | null
  events.push({ id, type: draft.type, data: draft.data, occurredAt: draft.occurredAt, causeId, ...subject(ticket) })
  known.push({
    id,
    seq: 0,
    type: draft.type,
    occurredAt: draft.occurredAt,
    actorKind: 'system',
    ticketId: ticket.id,
    data: draft.data,
  } as SlaEvent)
}

function subject(ticket: RecordedTicket): Pick<NewEvent, 'ticketId' | 'contactId' | 'accountId'> {
  return { ticketId: ticket.id, contactId: ticket.contactId, accountId: ticket.accountId }
}

/** The lines about a ticket's clocks that still count, also after what is `about` to be recorded. */
export async function readSlaEvents(
  desk: Desk,
  ticketId: Id<'tkt'>,
  about: readonly Happening[] = [],
): Promise<SlaEvent[]> {
  const { rows } = await desk.connection.query<{
    id: string
    seq: number
    type: SlaEvent['type'] | 'correction.undone'
    occurred_at: Temporal.Instant
    cause_id: string | null
    data: SlaEvent['data']
  }>({
    name: 'sla-events',
    // Not `like`: where few events are of clocks, the planner would read all of those instead of the ticket's.
    text: `select id, seq, type, occurred_at, cause_id, data from events
      where ticket_id = $1 and (left(type, 4) = 'sla.' or type = 'correction.undone') order by seq`,
    values: [uuidOf(ticketId)],
  })
  const lines = rows.map((row) => ({
    ...row,
    id: idOf('evt', row.id),
    causeId: row.cause_id && idOf('evt', row.cause_id),
  }))
  const undone = about.flatMap(({ type, data }) => (type === 'correction.undone' ? [{ id: '', type, data }] : []))
  const counted = standing([...lines, ...undone]).filter(
    (line): line is (typeof lines)[number] => 'seq' in line && line.type !== 'correction.undone',
  )
  return counted.map(
    (row) =>
      ({
        id: row.id,
        seq: row.seq,
        type: row.type,
        occurredAt: row.occurred_at,
        actorKind: 'system',
        ticketId,
        data: row.data,
      }) as SlaEvent,
  )
}

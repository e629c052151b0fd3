import { Priority, TicketStatus } from '#contract/inbox.ts'
import type { LedgerEvent } from '#contract/events.ts'
import { SlaTarget } from '#contract/sla.ts'
import { billingSentences, quietBillingEvents } from '../../billing/event-words.ts'
import type { PlainKey } from '../../messages/translate.ts'
import { t } from '../../messages/translate.ts'

export type Names = { agent: (id: string) => string | undefined; team: (id: string) => string | undefined }

type Data = Record<string, unknown>

/** What a ledger line says, without who did it; a type this page does not know is shown by its name. */
export function eventSentence({ type, data }: LedgerEvent, names: Names): string {
  return sentences[type]?.(data, names) ?? type
}

/** What happened and, where a person did it, who. */
export function eventWords(event: LedgerEvent, names: Names): string {
  const { type, data, actor } = event
  const who = actor.kind === 'agent' || actor.kind === 'api' ? (actor.name ?? t('event.someone')) : null
  if (type === 'ticket.assigned' && who && data['to'] === actor.id) return t('event.took', { who })
  const what = eventSentence(event, names)
  return who ? t('event.by', { what, who }) : what
}

/** In the thread a message speaks for itself and a clock is news only when it is late; the history drawer shows them all. */
export function isInThread({ type, data }: LedgerEvent): boolean {
  if (type === 'ticket.created') return data['direction'] === 'outbound'
  if (type.startsWith('sla.')) return type === 'sla.breached'
  return !quiet.has(type)
}

const quiet = new Set<string>([
  'message.received',
  'acknowledgement.sent',
  'message.sent',
  'message.authenticated',
  'message.written',
  'message.forwarded',
  'message.repeated',
  'delivery.hurried',
  'ticket.reopened',
  'delivery.sent',
  'delivery.queued',
  'delivery.handing_over',
  'delivery.put_off',
  'custody.recorded',
  ...quietBillingEvents,
])

/** A reason code of a rule in words; one nobody wrote words for is shown as it is. */
export function reasonWords(reason: string): string {
  const key = reasons[reason]
  return key ? t(key) : reason.replaceAll('_', ' ')
}

const reasons: Record<string, PlainKey> = {
  created: 'reason.created',
  by_agent: 'reason.byAgent',
  with_reply: 'reason.withReply',
  customer_wrote: 'reason.customerWrote',
  customer_silent: 'reason.customerSilent',
  customer_replied: 'reason.customerWrote',
  spam: 'reason.spam',
  status_new: 'reason.new',
  status_open: 'reason.open',
  status_pending: 'reason.pending',
  status_on_hold: 'reason.onHold',
  status_solved: 'reason.solved',
  status_closed: 'reason.closed',
  pending_without_question: 'reason.withoutQuestion',
  applied_late: 'reason.appliedLate',
}

const sentences: Record<string, (data: Data, names: Names) => string | undefined> = {
  'ticket.created': ({ direction }) => (direction === 'outbound' ? t('event.createdOut') : t('event.created')),
  'ticket.status_changed': ({ to, reason }) => {
    const status = TicketStatus.safeParse(to)
    if (!status.success) return undefined
    const word = t(`status.${status.data}`).toLowerCase()
    return reason && reason !== 'by_agent'
      ? t('event.statusWhy', { status: word, why: reasonWords(String(reason)) })
      : t('event.status', { status: word })
  },
  'ticket.assigned': ({ to }, names) =>
    to ? t('event.assigned', { name: names.agent(String(to)) ?? t('event.someone') }) : t('event.unassigned'),
  'ticket.priority_changed': ({ to }) => {
    const priority = Priority.safeParse(to)
    return priority.success
      ? t('event.priority', { priority: t(`priority.${priority.data}`).toLowerCase() })
      : undefined
  },
  'ticket.reopened': ({ thanks }) => (thanks ? t('event.reopenedThanks') : t('event.reopened')),
  'ticket.changed': ({ fields, to, tags }, names) => changed(fields, to, tags, names),
  'ticket.merged': () => t('event.merged'),
  'ticket.split': () => t('event.split'),
  'messages.moved': ({ from }) => (from ? t('event.movedHere') : t('event.movedAway')),
  'ticket.sender_relinked': () => t('event.relinked'),
  'correction.undone': () => t('event.corrected'),
  'message.authenticated': () => t('event.authenticated'),
  'contact.answer_address_chosen': () => t('event.answerAddress'),
  'message.distrusted': () => t('event.distrusted'),
  'ticket.deleted': () => t('event.deleted'),
  'ticket.restored': () => t('event.restored'),
  'message.received': () => t('event.received'),
  'message.kept_here': () => t('event.keptHere'),
  'message.sent': ({ kind }) =>
    kind === 'note' ? t('event.noted') : kind === 'auto' ? t('event.autoSent') : t('event.sent'),
  'message.written': () => t('event.written'),
  'message.forwarded': () => t('event.forwarded'),
  'message.repeated': () => t('event.repeated'),
  'delivery.hurried': () => t('event.hurried'),
  'message.taken_back': () => t('event.takenBack'),
  'delivery.sent': () => t('event.deliverySent'),
  'delivery.put_off': () => t('event.putOff'),
  'custody.recorded': () => t('event.custody'),
  'delivery.failed': () => t('event.deliveryFailed'),
  'delivery.unknown': () => t('event.deliveryUnknown'),
  'delivery.bounced': () => t('event.bounced'),
  'delivery.resent': () => t('event.resent'),
  'delivery.settled': () => t('event.settled'),
  'csat.asked': () => t('event.csatAsked'),
  'csat.rated': ({ rating }) => t('event.csatRated', { rating: String(rating) }),
  'sla.applied': (data) => clock(data, 'event.sla.applied'),
  'sla.activated': (data) => clock(data, 'event.sla.activated'),
  'sla.paused': (data) => clock(data, 'event.sla.paused'),
  'sla.resumed': (data) => clock(data, 'event.sla.resumed'),
  'sla.updated': (data) => clock(data, 'event.sla.updated'),
  'sla.fulfilled': (data) => clock(data, 'event.sla.fulfilled'),
  'sla.breached': (data) => clock(data, 'event.sla.breached'),
  'sla.cancelled': (data) => clock(data, 'event.sla.cancelled'),
  ...billingSentences,
}

type ClockKey =
  `event.sla.${'applied' | 'activated' | 'paused' | 'resumed' | 'updated' | 'fulfilled' | 'breached' | 'cancelled'}`

function clock({ target }: Data, key: ClockKey): string | undefined {
  const known = SlaTarget.safeParse(target)
  return known.success ? t(key, { what: t(`clock.target.${known.data}`) }) : undefined
}

function changed(fields: unknown, to: unknown, tags: unknown, names: Names): string | undefined {
  if (!Array.isArray(fields)) return undefined
  const parts = fields.map((field) => {
    if (field === 'teamId') return t('event.team', { name: names.team(String(to)) ?? t('event.anotherTeam') })
    if (field === 'tags')
      return Array.isArray(tags) && tags.length > 0 ? t('event.tags', { tags: tags.join(', ') }) : t('event.tagsGone')
    return field === 'subject' ? t('event.subject') : String(field)
  })
  return parts.join(', ')
}

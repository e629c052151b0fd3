import type { Calendar } from '#contract/calendar.ts'
import type { ClockKind, SlaEventData, SlaTarget } from '#contract/sla.ts'
import type { SlaEvent } from '#contract/ticket-events.ts'
import { addBusinessMs, businessMs } from '#modules/team/rules/calendar.ts'

/** One calendar, or every version that the events may name; the first stands in for a version that is missing. */
export type Calendars = Calendar | readonly [Calendar, ...Calendar[]]

export type SlaInterval = {
  from: Temporal.Instant
  to: Temporal.Instant
  /** `overdue` counts like `running`, after the deadline. */
  kind: 'running' | 'paused' | 'overdue'
  /** Why this interval began. */
  reason: string
  businessMs: number
  calendarMs: number
}

/** One run of one target on one ticket, as the events tell it. */
export type SlaClock = Pick<
  SlaEventData,
  'target' | 'cycle' | 'policyId' | 'policyVersion' | 'clock' | 'seconds' | 'calendarId' | 'calendarVersion'
> & {
  /** The verdict: once breached it stays so, also when the answer comes later. */
  state: 'running' | 'paused' | 'fulfilled' | 'breached' | 'cancelled'
  /** Still waiting for its fulfilment, breached or not. */
  open: boolean
  paused: boolean
  appliedAt: Temporal.Instant
  startedAt: Temporal.Instant
  /** The deadline in force, missed or met; absent while paused in time, and where the calendar never opens. */
  dueAt?: Temporal.Instant
  breachedAt?: Temporal.Instant
  /** A breach event is in the ledger. */
  breachRecorded: boolean
  endedAt?: Temporal.Instant
  elapsedMs: Record<ClockKind, number>
  /** On the target's own clock; negative once overdue. */
  remainingMs: number
  intervals: SlaInterval[]
}

/** The latest run of the target whose events these are; null when none was ever applied. */
export function foldClock(events: readonly SlaEvent[], calendars: Calendars, now: Temporal.Instant): SlaClock | null {
  return foldCycles(events, calendars, now).at(-1) ?? null
}

/** The latest run of every target of a ticket, in the order in which targets first appeared. */
export function foldClocks(events: readonly SlaEvent[], calendars: Calendars, now: Temporal.Instant): SlaClock[] {
  const latest = new Map<SlaTarget, SlaClock>()
  for (const clock of foldCycles(events, calendars, now)) latest.set(clock.target, clock)
  return [...latest.values()]
}

/** Every run of every target of a ticket, in order of application. `events` are of one ticket, in ledger order. */
export function foldCycles(events: readonly SlaEvent[], calendars: Calendars, now: Temporal.Instant): SlaClock[] {
  const runs: Run[] = []
  const current = new Map<SlaTarget, Run>()
  for (const event of events) {
    if (event.type === 'sla.applied') {
      const run = apply(event)
      runs.push(run)
      current.set(event.data.target, run)
    } else {
      const run = current.get(event.data.target)
      // A line about a run that an undone correction had begun is about no run that is still there.
      if (run?.clock.open && run.clock.cycle === event.data.cycle) advance(run, event, calendars)
    }
  }
  for (const run of runs) if (run.clock.open) reach(run, now, calendars)
  return runs.map(finish)
}

/** A clock under construction: what has been folded, and the interval that is still growing. */
type Run = { clock: SlaClock; since: Temporal.Instant; reason: string; started: boolean }

function apply(event: SlaEvent): Run {
  const { target, cycle } = event.data
  const clock: SlaClock = {
    ...terms(event.data),
    target,
    cycle,
    state: 'paused',
    open: true,
    paused: true,
    appliedAt: event.occurredAt,
    startedAt: event.occurredAt,
    breachRecorded: false,
    elapsedMs: { business: 0, calendar: 0 },
    remainingMs: event.data.seconds * 1000,
    intervals: [],
  }
  return { clock, since: event.occurredAt, reason: 'not started', started: false }
}

function terms(data: SlaEventData) {
  const { policyId, policyVersion, clock, seconds, calendarId, calendarVersion } = data
  return { policyId, policyVersion, clock, seconds, calendarId, calendarVersion }
}

function advance(run: Run, event: SlaEvent, calendars: Calendars): void {
  const { clock } = run
  const at = event.occurredAt
  switch (event.type) {
    case 'sla.activated':
      if (run.started) return
      run.started = true
      clock.startedAt = event.data.startedAt ? Temporal.Instant.from(event.data.startedAt) : at
      clock.paused = false
      run.since = clock.startedAt
      begin(run, clock.startedAt, event.data.reason, calendars)
      return
    case 'sla.paused':
    case 'sla.resumed':
      reach(run, at, calendars)
      clock.paused = event.type === 'sla.paused'
      begin(run, at, event.data.reason, calendars)
      return
    case 'sla.updated':
      reach(run, at, calendars)
      if (!clock.breachedAt) Object.assign(clock, terms(event.data))
      begin(run, at, event.data.reason, calendars)
      return
    case 'sla.breached':
      clock.breachRecorded = true
      if (clock.paused || clock.breachedAt) return
      // A verdict in the ledger stands, also when the machine's clock is set back to before it.
      clock.dueAt = at
      reach(run, at, calendars)
      clock.breachedAt = at
      run.reason = 'deadline'
      return
    case 'sla.fulfilled':
    case 'sla.cancelled':
      reach(run, at, calendars)
      clock.open = false
      clock.endedAt = at
      clock.state = event.type === 'sla.fulfilled' ? 'fulfilled' : 'cancelled'
      return
    default:
  }
}

/** Starts an interval; a breached clock keeps the deadline it missed. */
function begin(run: Run, at: Temporal.Instant, reason: string, calendars: Calendars): void {
  const { clock } = run
  run.since = later(run.since, at)
  run.reason = reason
  if (clock.breachedAt) return
  clock.remainingMs = clock.seconds * 1000 - clock.elapsedMs[clock.clock]
  clock.dueAt = clock.paused ? undefined : due(run, calendars)
}

/** Time already over at a change of terms is not held against the clock: it can be due at once, never before. */
function due(run: Run, calendars: Calendars): Temporal.Instant | undefined {
  const left = Math.max(0, run.clock.remainingMs)
  if (run.clock.clock === 'calendar') return run.since.add({ milliseconds: left })
  return addBusinessMs(calendarOf(run.clock, calendars), run.since, left) ?? undefined
}

/** Brings the clock to an instant: closes the interval up to there, cut at the deadline, and notes a breach. */
function reach(run: Run, at: Temporal.Instant, calendars: Calendars): void {
  const { clock } = run
  const to = later(run.since, at)
  if (clock.paused) {
    if (run.started) add(run, to, 'paused', calendars)
    return
  }
  if (!clock.breachedAt && clock.dueAt && isAfter(to, clock.dueAt)) {
    add(run, later(run.since, clock.dueAt), 'running', calendars)
    clock.breachedAt = clock.dueAt
    run.reason = 'deadline'
  }
  add(run, to, clock.breachedAt ? 'overdue' : 'running', calendars)
}

function add(run: Run, to: Temporal.Instant, kind: SlaInterval['kind'], calendars: Calendars): void {
  const { clock, since: from, reason } = run
  if (!isAfter(to, from)) return
  const business = businessMs(calendarOf(clock, calendars), from, to)
  const calendar = to.epochMilliseconds - from.epochMilliseconds
  clock.intervals.push({ from, to, kind, reason, businessMs: business, calendarMs: calendar })
  if (kind !== 'paused') {
    clock.elapsedMs.business += business
    clock.elapsedMs.calendar += calendar
  }
  run.since = to
}

function finish({ clock }: Run): SlaClock {
  clock.remainingMs = clock.seconds * 1000 - clock.elapsedMs[clock.clock]
  // A breach in the ledger stands, also where the clock has been set back since.
  if (clock.breachedAt || clock.breachRecorded) clock.state = 'breached'
  else if (clock.open) clock.state = clock.paused ? 'paused' : 'running'
  return clock
}

function calendarOf(clock: SlaClock, calendars: Calendars): Calendar {
  if (!isList(calendars)) return calendars
  const { calendarId, calendarVersion } = clock
  return calendars.find((known) => known.id === calendarId && known.version === calendarVersion) ?? calendars[0]
}

function isList(calendars: Calendars): calendars is readonly [Calendar, ...Calendar[]] {
  return Array.isArray(calendars)
}

function later(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return isAfter(b, a) ? b : a
}

function isAfter(a: Temporal.Instant, b: Temporal.Instant): boolean {
  return Temporal.Instant.compare(a, b) > 0
}

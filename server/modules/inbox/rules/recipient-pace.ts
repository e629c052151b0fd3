/** Times are milliseconds. */
export type PaceLimits = {
  /** Mails a recipient domain gets in any minute; 0 for no limit. */
  perMinute: number
  /** Mails handed over for it at the same time. */
  atOnce: number
}

export type Pace = {
  /** When the last mails went or will go, oldest first. */
  goes: readonly number[]
  /** Mails for the domain that are being handed over now, without this one. */
  running: number
  /** Mails for the domain that wait for their turn, without this one. */
  waiting: number
  notBefore: number | null
}

export type Turn = {
  go: boolean
  /** Its turn within the minute. It counts from now on, as `goes` remembers, so that nobody else takes it. */
  turn: number
  goes: readonly number[]
  /** When it is asked for again, unless it goes. */
  lookAt: number
  why: 'held' | 'minute' | 'busy' | null
}

const minute = 60_000
/** How soon a mail that found all places taken looks again; many are spread, so that they do not all look at once. */
const busyWait = 2000
const busySpread = 200

/** A turn that was missed by more than this, because nobody was there or the domain was held, is given anew. */
const turnLasts = 5000

/**
 * Whether a mail may go to a recipient domain now. Its turn within the minute is given once and kept for a while:
 * `reserved` is the one it was given earlier. No minute sees more than `perMinute` turns.
 */
export function turnOf(pace: Pace, limits: PaceLimits, reserved: number | null, now: number): Turn {
  const kept = reserved !== null && reserved > now - turnLasts ? reserved : null
  const turn = kept ?? nextTurn(pace.goes, limits.perMinute, now)
  const goes = kept !== null || limits.perMinute === 0 ? pace.goes : [...pace.goes, turn].slice(-limits.perMinute)
  if (pace.notBefore !== null && pace.notBefore > now)
    return { go: false, turn, goes, lookAt: Math.max(turn, spread(pace.notBefore, pace.waiting)), why: 'held' }
  if (turn > now) return { go: false, turn, goes, lookAt: turn, why: 'minute' }
  if (pace.running >= limits.atOnce)
    return { go: false, turn, goes, lookAt: spread(now + busyWait, pace.waiting), why: 'busy' }
  return { go: true, turn, goes, lookAt: now, why: null }
}

function nextTurn(goes: readonly number[], perMinute: number, now: number): number {
  if (perMinute === 0) return now
  const earlier = goes[goes.length - perMinute]
  return earlier === undefined ? now : Math.max(now, earlier + minute)
}

function spread(from: number, waiting: number): number {
  return from + Math.min(waiting, 300) * busySpread
}

const firstHold = minute
const longestHold = 60 * minute

/** How long a domain is left alone after it said "too fast" so many times in a row: from a minute, doubling, to an hour. */
export function holdMs(refusals: number): number {
  return Math.min(firstHold * 2 ** Math.min(Math.max(refusals - 1, 0), 10), longestHold)
}

const tooFast =
  /\b4\.7\.(28|25|26)\b|\brate\b|rate.?limit|throttl|too (many|much|fast)|too.frequent|slow down|quota exceeded|limit (exceeded|reached)|try.*less|temporarily deferred due to|unusual rate|\b4\.3\.2\b.*(load|busy)|reputation|\bTSS0\d|\bRP-00\d|4\.2\.1.*rate/i

/**
 * Whether an answer of the recipient's side asks for less mail, which concerns its whole domain; greylisting and a full
 * mailbox concern one letter or one person.
 */
export function asksForLess(answer: string): boolean {
  if (/^421\b/.test(answer)) return true
  return (
    /^4\d\d\b/.test(answer) &&
    !/greylist|grey.?list|mailbox (is )?full|over quota/i.test(answer) &&
    tooFast.test(answer)
  )
}

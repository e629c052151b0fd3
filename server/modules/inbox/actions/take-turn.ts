import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { getSettings } from '#modules/team/index.ts'
import { turnOf, type Turn } from '../rules/recipient-pace.ts'
import { keepTurns, lockPaces } from '../store/pacing.ts'

export type Turns = {
  /** Domains that may be written to now. */
  go: string[]
  /** Of these, the ones that asked for less mail lately. */
  tried: string[]
  /** The others, and when they are next looked at. */
  held: { domain: string; at: Temporal.Instant; words: string }[]
}

/** Asks, for every domain a mail still has to reach, whether it is its turn, and keeps the places it was given. */
export async function takeTurn(
  desk: Desk,
  messageId: Id<'msg'>,
  settled: readonly string[],
  worker: string,
): Promise<Turns> {
  const { domainMailsPerMinute: perMinute, domainMailsAtOnce: atOnce } = await getSettings(desk)
  const paces = await lockPaces(desk, messageId, settled)
  const now = desk.now().epochMilliseconds
  const turns = paces.map((pace) => ({ ...pace, ...turnOf(pace, { perMinute, atOnce }, pace.reserved, now) }))
  await keepTurns(
    desk,
    messageId,
    turns.map(({ domain, go, turn, goes }) => ({ domain, turn, goes, worker: go ? worker : null })),
  )
  return {
    go: turns.filter(({ go }) => go).map(({ domain }) => domain),
    tried: turns.filter(({ go, reason }) => go && reason !== null).map(({ domain }) => domain),
    held: turns
      .filter(({ go }) => !go)
      .map((turn) => ({
        domain: turn.domain,
        at: Temporal.Instant.fromEpochMilliseconds(Math.ceil(turn.lookAt)),
        words: wordsFor(turn, turn.domain, turn.reason, perMinute),
      })),
  }
}

function wordsFor({ why }: Turn, domain: string, reason: string | null, perMinute: number): string {
  if (why === 'held') return `${domain} asked for less mail at a time${reason ? `: ${reason}` : '.'}`
  if (why === 'minute') return `Waits for its turn: no more than ${perMinute} mails a minute go to ${domain}.`
  return `Waits for its turn: other mails are being handed over to ${domain}.`
}

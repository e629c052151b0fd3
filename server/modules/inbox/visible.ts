import type { Actor } from '#server/desk.ts'
import { uuidOf } from '#platform/ids.ts'

/**
 * The condition every read of tickets carries; `alias` is what the statement calls them. A ticket that was deleted is seen by
 * nobody, whatever asks.
 */
export function visibleTickets(alias: string, at: number): string {
  return `(${alias}.deleted_at is null and ${visibleTeams(`${alias}.team_id`, at)})`
}

/**
 * Whether a team is one the actor sees, for what is no ticket: `column` is the team, `at` the number of the parameter.
 * An actor who sees all teams passes null, so the statement stays the same for everybody.
 */
export function visibleTeams(column: string, at: number): string {
  return `($${at}::uuid[] is null or ${column} = any($${at}::uuid[]))`
}

/** The parameter that goes with `visibleTickets` and `visibleTeams`. */
export function teamsOf(actor: Actor): string[] | null {
  return actor.visible === 'all' ? null : actor.visible.map(uuidOf)
}

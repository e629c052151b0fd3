import { listAgents, listTeams, type Team } from '#contract/team.ts'
import { readPages } from '../api.ts'

/** Everyone and every team, a hundred at a time; more come by the table's button. */
export const agentsQuery = readPages(listAgents, { query: { limit: 100 } }, ['agent'])
export const teamsQuery = readPages(listTeams, { query: { limit: 100 } }, ['team', 'agent'])

/** The team that takes what names none: the oldest. Ids sort by the time they were made. */
export function defaultTeamOf(teams: readonly Team[]): Team | undefined {
  return teams.toSorted((a, b) => (a.id < b.id ? -1 : 1))[0]
}

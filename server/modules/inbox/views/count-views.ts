import { viewIds } from '#contract/inbox.ts'
import type { Desk } from '#server/desk.ts'
import { uuidOf } from '#platform/ids.ts'
import { teamsOf, visibleTickets } from '../visible.ts'
import { standsAlone, viewDefinitions } from './view-definitions.ts'

const exactTo = 1000

/** How many tickets each view holds, counted exactly to 1,000 and no further, all in one statement. */
export async function countViews(desk: Desk) {
  const counts = viewIds.map(
    (id) => `(select count(*) from (select 1 from tickets t
      where ${visibleTickets('t', 1)} and ${standsAlone} and ${viewDefinitions[id].where.replace('$agent', '$2')} limit ${exactTo + 1}) x) as "${id}"`,
  )
  const { rows } = await desk.connection.query<Record<string, number>>({
    name: 'count-views',
    text: `select ${counts.join(', ')}, $2::uuid as agent`,
    values: [teamsOf(desk.actor), desk.actor.agentId ? uuidOf(desk.actor.agentId) : null],
  })
  return {
    items: viewIds.map((id) => {
      const count = rows[0]?.[id] ?? 0
      return { id, count: Math.min(count, exactTo), more: count > exactTo }
    }),
  }
}

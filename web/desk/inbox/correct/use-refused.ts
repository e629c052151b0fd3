import { useQuery } from '@tanstack/react-query'
import type { Id } from '#contract/ids.ts'
import '../../messages/rooms/correct.ts'
import { t } from '../../messages/translate.ts'
import { useMe } from '../../session.ts'
import { ticketQuery } from '../queries.ts'

/** Why this person may not correct this ticket, as a sentence; null when they may. The server decides. */
export function useRefused(ticketId: Id<'tkt'>): string | null {
  const { agent, key } = useMe()
  const { data: ticket } = useQuery(ticketQuery(ticketId))
  const roles = agent ? agent.roles : key ? [key.role] : []
  const any = roles.some((role) => role === 'lead' || role === 'admin')
  return any || (agent && ticket?.assigneeId === agent.id) ? null : t('correct.notYours')
}

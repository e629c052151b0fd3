import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { agentsQuery, teamsQuery } from '../queries.ts'
import type { Names } from './event-words.ts'

/** The names behind the ids the ledger holds. */
export function useNames(): Names {
  const agents = useQuery(agentsQuery).data
  const teams = useQuery(teamsQuery).data
  return useMemo(() => {
    const agentNames = new Map(agents?.items.map(({ id, name }) => [String(id), name]))
    const teamNames = new Map(teams?.items.map(({ id, name }) => [String(id), name]))
    return { agent: (id) => agentNames.get(id), team: (id) => teamNames.get(id) }
  }, [agents, teams])
}

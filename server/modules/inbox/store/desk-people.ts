import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { idOf } from '#platform/ids.ts'

export type DeskPeople = { agents: { id: Id<'agt'>; name: string; email: string }[]; companyName: string | null }

/** Who works here and under which name; every mail's sender is held against them. */
export async function deskPeople(desk: Desk): Promise<DeskPeople> {
  const { rows } = await desk.connection.query<{
    agents: { id: string; name: string; email: string }[] | null
    company: string | null
  }>({
    name: 'desk-people',
    text: `select (select json_agg(json_build_object('id', id, 'name', name, 'email', email)) from agents
        where state <> 'disabled') as agents,
      (select data ->> 'companyName' from settings_versions order by version desc limit 1) as company`,
  })
  const row = rows[0]
  return {
    agents: (row?.agents ?? []).map(({ id, name, email }) => ({
      id: idOf('agt', id),
      name,
      email: email.toLowerCase(),
    })),
    companyName: row?.company ?? null,
  }
}

import type { Id } from '#contract/ids.ts'
import type { Role } from '#contract/team.ts'
import type { Actor } from '#server/desk.ts'
import { permissionsOf } from '#modules/team/index.ts'

/** Who acts when an agent with these roles does, seeing every team. */
export function agentActor({ id, name, roles }: { id: Id<'agt'>; name: string; roles: Role[] }): Actor {
  return { kind: 'agent', id, agentId: id, name, roles, permissions: permissionsOf(roles), visible: 'all' }
}

import type { Permission } from '#contract/endpoint.ts'
import type { Id } from '#contract/ids.ts'
import type { Role } from '#contract/team.ts'

/** What each role may do. An agent's `tickets.manage` reaches only as far as `mayManage`. */
const permissionsByRole: Record<Role, readonly Permission[]> = {
  viewer: ['tickets.read', 'reports.read'],
  agent: [
    'tickets.read',
    'reports.read',
    'tickets.write',
    'tickets.manage',
    'contacts.write',
    'billing.read',
    'billing.propose',
    'custody.read',
  ],
  lead: [
    'tickets.read',
    'reports.read',
    'tickets.write',
    'tickets.manage',
    'contacts.write',
    'billing.read',
    'billing.propose',
    'billing.approve',
    'custody.read',
    'custody.rerun',
    'macros.write',
    'rules.write',
    'audit.read',
    'export',
  ],
  finance: [
    'tickets.read',
    'reports.read',
    'tickets.write',
    'billing.read',
    'billing.propose',
    'billing.approve',
    'custody.read',
    'audit.read',
    'export',
  ],
  // No billing.approve: an admin approves money only by being a lead or finance as well.
  admin: [
    'tickets.read',
    'reports.read',
    'tickets.write',
    'tickets.manage',
    'contacts.write',
    'billing.read',
    'billing.propose',
    'custody.read',
    'custody.rerun',
    'macros.write',
    'rules.write',
    'audit.read',
    'export',
    'settings.write',
    'team.manage',
    'keys.manage',
  ],
}

/** The union over roles. */
export function permissionsOf(roles: readonly Role[]): ReadonlySet<Permission> {
  return new Set(roles.flatMap((role) => permissionsByRole[role]))
}

export function hasRole(actor: { roles: readonly Role[] }, ...wanted: Role[]): boolean {
  return wanted.some((role) => actor.roles.includes(role))
}

/**
 * Whether somebody may hand a role on to a key that acts as them: they hold it, or it says nothing that theirs do not.
 * Roles that approve money must be held, because a lead's limit and finance's are not the same.
 */
export function covers(roles: readonly Role[], wanted: Role): boolean {
  if (roles.includes(wanted)) return true
  const held = permissionsOf(roles)
  return permissionsByRole[wanted].every((permission) => permission !== 'billing.approve' && held.has(permission))
}

/** What a key may do now: its role while its owner still covers it, else only what both may, and no approvals. */
export function keyRights(
  keyRole: Role,
  ownerRoles: readonly Role[] | null,
): { roles: Role[]; permissions: ReadonlySet<Permission> } {
  const own = permissionsOf([keyRole])
  if (ownerRoles === null || covers(ownerRoles, keyRole)) return { roles: [keyRole], permissions: own }
  const owners = permissionsOf(ownerRoles)
  const both = [...own].filter((permission) => permission !== 'billing.approve' && owners.has(permission))
  return { roles: [], permissions: new Set(both) }
}

/**
 * Whether an actor may merge, split or delete this ticket. Leads and admins any, agents only their own. Every action
 * behind `tickets.manage` asks this; the permission alone opens only the door.
 */
export function mayManage(
  actor: { kind: string; agentId: Id<'agt'> | null; roles: readonly Role[]; permissions: ReadonlySet<Permission> },
  ticket: { assigneeId: Id<'agt'> | null },
): boolean {
  if (actor.kind === 'system') return true
  if (!actor.permissions.has('tickets.manage')) return false
  return hasRole(actor, 'lead', 'admin') || (actor.agentId !== null && actor.agentId === ticket.assigneeId)
}

import type { Permission } from '#contract/endpoint.ts'
import type { Role } from '#contract/team.ts'
import { t } from './messages/translate.ts'
import { useMe } from './session.ts'

/** Who holds what this page asks about, for the sentence on a disabled button. The server decides. */
const holders = {
  'contacts.write': ['agent', 'lead', 'admin'],
  'billing.read': ['agent', 'lead', 'finance', 'admin'],
  'custody.rerun': ['lead', 'admin'],
  'audit.read': ['lead', 'finance', 'admin'],
  'settings.write': ['admin'],
  'team.manage': ['admin'],
  'keys.manage': ['admin'],
} as const satisfies Partial<Record<Permission, Role[]>>

const either = new Intl.ListFormat('en', { type: 'disjunction' })
const both = new Intl.ListFormat('en', { type: 'conjunction' })

export function roleNames(roles: readonly Role[]): string {
  return both.format(roles.map((role) => t(`role.${role}`)))
}

/** Why the one who is signed in may not do this, as a sentence; null when they may. */
export function useRefusal(permission: keyof typeof holders): string | null {
  const { permissions, agent, key } = useMe()
  if (permissions.includes(permission)) return null
  const own = agent ? agent.roles : key ? [key.role] : []
  return t('access.needs', {
    roles: either.format(holders[permission].map((role) => t(`role.${role}`))),
    own: own.length > 0 ? roleNames(own) : t('access.none'),
  })
}

import { expect, test } from 'vitest'
import { roles } from '#contract/team.ts'
import { covers, keyRights, mayManage, permissionsOf } from './permissions.ts'

test('an admin approves money only by being a lead or finance as well', () => {
  expect(permissionsOf(['admin']).has('billing.approve')).toBe(false)
  expect(permissionsOf(['admin', 'lead']).has('billing.approve')).toBe(true)
  expect(permissionsOf(['admin', 'finance']).has('billing.approve')).toBe(true)
  expect(permissionsOf([]).size).toBe(0)
})

test('a role is passed on only by those who hold it or all that it says', () => {
  const covered = roles.map((held) => [held, roles.filter((wanted) => covers([held], wanted))])
  expect(Object.fromEntries(covered)).toEqual({
    viewer: ['viewer'],
    agent: ['viewer', 'agent'],
    lead: ['viewer', 'agent', 'lead'],
    finance: ['viewer', 'finance'],
    admin: ['viewer', 'agent', 'admin'],
  })
})

test('a key whose owner lost the role keeps what both may, and approves nothing', () => {
  expect(keyRights('finance', ['lead']).roles).toEqual([])
  expect(keyRights('finance', ['lead']).permissions.has('billing.approve')).toBe(false)
  expect(keyRights('admin', ['viewer']).permissions).toEqual(new Set(['tickets.read', 'reports.read']))
  expect(keyRights('lead', ['lead']).permissions.has('billing.approve')).toBe(true)
  expect(keyRights('admin', null)).toEqual({ roles: ['admin'], permissions: permissionsOf(['admin']) })
})

test('agents manage their own tickets, leads and admins any, others none', () => {
  const ann = { kind: 'agent', agentId: 'agt_ann' as const }
  const mine = { assigneeId: 'agt_ann' as const }
  const unassigned = { assigneeId: null }
  const may = (held: (typeof roles)[number][], ticket: { assigneeId: 'agt_ann' | null }) =>
    mayManage({ ...ann, roles: held, permissions: permissionsOf(held) }, ticket)
  expect(roles.map((role) => [role, may([role], mine), may([role], unassigned)])).toEqual([
    ['viewer', false, false],
    ['agent', true, false],
    ['lead', true, true],
    ['finance', false, false],
    ['admin', true, true],
  ])
  const keyWithoutOwner = {
    kind: 'api',
    agentId: null,
    roles: ['agent' as const],
    permissions: permissionsOf(['agent']),
  }
  expect(mayManage(keyWithoutOwner, unassigned)).toBe(false)
})

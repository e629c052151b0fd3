import { expect, test } from 'vitest'
import { paths, settingsSections } from './paths.ts'
import { router } from './routes.tsx'

const all: Record<keyof typeof paths, [address: string, route: string]> = {
  home: [paths.home(), '/'],
  signIn: [paths.signIn('/inbox/next?x=1'), '/sign-in'],
  setup: [paths.setup('once'), '/setup'],
  invitation: [paths.invitation('once'), '/invitation'],
  inbox: [paths.inbox(), '/inbox/{-$view}/{-$ticketId}'],
  view: [paths.view('mine'), '/inbox/{-$view}/{-$ticketId}'],
  ticketIn: [paths.ticketIn('mine', 'tkt_1'), '/inbox/{-$view}/{-$ticketId}'],
  ticket: [paths.ticket('tkt_1'), '/inbox/{-$view}/{-$ticketId}'],
  search: [paths.search('ann & co'), '/search'],
  approvals: [paths.approvals('rejected'), '/billing/approvals/{-$approvalId}'],
  approval: [paths.approval('apr_1'), '/billing/approvals/{-$approvalId}'],
  operations: [paths.operations(), '/billing/operations/{-$operationId}'],
  operation: [paths.operation('op_1', 'unknown'), '/billing/operations/{-$operationId}'],
  custody: [paths.custody(), '/custody/{-$itemId}'],
  custodyOf: [paths.custodyOf('parked'), '/custody/{-$itemId}'],
  custodyItem: [paths.custodyItem('itm_1', { disposition: 'parked' }), '/custody/{-$itemId}'],
  custodyList: [paths.custodyList({ messageId: 'a@b' }), '/custody/{-$itemId}'],
  insights: [paths.insights({ days: '7' }), '/insights/{-$kpi}'],
  figure: [paths.figure('backlog', { clock: 'calendar' }), '/insights/{-$kpi}'],
  contacts: [paths.contacts('ann'), '/customers/{-$kind}/{-$customerId}'],
  contact: [paths.contact('con_1'), '/customers/{-$kind}/{-$customerId}'],
  accounts: [paths.accounts(), '/customers/{-$kind}/{-$customerId}'],
  account: [paths.account('acc_1', 'acme'), '/customers/{-$kind}/{-$customerId}'],
  settings: [paths.settings(), '/settings/{-$section}'],
  settingsOf: [paths.settingsOf('hours'), '/settings/{-$section}'],
}

function routeOf(address: string): string | undefined {
  const { pathname } = new URL(address, 'http://desk.test')
  const [routes] = router.getMatchedRoutes(pathname)
  return routes.length > 1 ? routes.at(-1)?.fullPath : undefined
}

test.each(Object.entries(all))('paths.%s leads to its route', (_name, [address, route]) => {
  expect(routeOf(address)).toBe(route)
})

test('an address nobody makes leads nowhere', () => {
  expect(routeOf('/nowhere')).toBeUndefined()
})

test('what is put into an address stays one part of it', () => {
  expect(paths.ticket('a/../b?c')).toBe('/inbox/all/a%2F..%2Fb%3Fc')
  expect(new URL(paths.search('50% off #1'), 'http://desk.test').searchParams.get('q')).toBe('50% off #1')
})

test('every settings section has an address of its own', () => {
  expect(new Set(settingsSections.map((section) => paths.settingsOf(section))).size).toBe(settingsSections.length)
})

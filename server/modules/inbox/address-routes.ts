import * as contract from '#contract/addresses.ts'
import type { Desk } from '#server/desk.ts'
import { route, type AnyRoute } from '#platform/serve/route.ts'
import { liftSuppression, suppressAddress } from './actions/suppress-address.ts'
import { listSuppressed, readAddressFacts } from './views/address-facts.ts'

async function one(desk: Desk, email: string): Promise<contract.AddressFacts> {
  const { items } = await readAddressFacts(desk, email)
  if (!items[0]) throw new Error('an address that was asked for is missing')
  return items[0]
}

/** What is known of addresses that mail goes to. */
export const addressRoutes: AnyRoute[] = [
  route(contract.listSuppressedAddresses, ({ desk, query }) => listSuppressed(desk, query)),
  route(contract.readAddresses, ({ desk, query }) => readAddressFacts(desk, query.emails)),
  route(contract.suppressAddress, async ({ desk, body }) => {
    await suppressAddress(desk, body)
    return one(desk, body.email)
  }),
  route(contract.liftSuppression, async ({ desk, body }) => {
    await liftSuppression(desk, body.email)
    return one(desk, body.email)
  }),
]

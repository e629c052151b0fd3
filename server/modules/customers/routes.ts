import * as contract from '#contract/customers.ts'
import * as entitlements from '#contract/entitlements.ts'
import { notFound } from '#platform/errors.ts'
import { route, type AnyRoute } from '#platform/serve/route.ts'
import { previewImport, runImport } from './actions/import-entitlements.ts'
import { createAccount, updateAccount } from './actions/save-account.ts'
import { saveEntitlements } from './actions/save-entitlements.ts'
import { updateContact } from './actions/update-contact.ts'
import { listEntitlements, readContactEntitlements, readEntitlement } from './entitlement-views.ts'
import { listAccounts, listContacts, readAccount, readContact } from './views.ts'

export const routes: AnyRoute[] = [
  route(contract.listContacts, ({ desk, query }) => listContacts(desk, query)),
  route(contract.getContact, ({ desk, params }) => readContact(desk, params.id)),
  route(contract.updateContact, async ({ desk, params, body }) => {
    await updateContact(desk, params.id, body)
    return readContact(desk, params.id)
  }),
  route(contract.listAccounts, ({ desk, query }) => listAccounts(desk, query)),
  route(contract.getAccount, ({ desk, params }) => readAccount(desk, params.id)),
  route(contract.createAccount, async ({ desk, body }) => readAccount(desk, await createAccount(desk, body))),
  route(contract.updateAccount, async ({ desk, params, body }) => {
    await updateAccount(desk, params.id, body)
    return readAccount(desk, params.id)
  }),
  route(entitlements.listEntitlements, ({ desk, query }) => listEntitlements(desk, query)),
  route(entitlements.getContactEntitlements, ({ desk, params }) => readContactEntitlements(desk, params.id)),
  route(entitlements.putEntitlement, async ({ desk, body: { key, ...state } }) => {
    const source = { kind: 'api' as const, name: desk.actor.name }
    const [outcome = 'same'] = await saveEntitlements(desk, source, [{ key, state }])
    const entitlement = await readEntitlement(desk, key)
    if (!entitlement) throw notFound('entitlement')
    return { outcome, entitlement }
  }),
  route(entitlements.previewEntitlementImport, ({ desk, body }) => previewImport(desk, body)),
  route(entitlements.importEntitlements, ({ desk, body }) => runImport(desk, body)),
]

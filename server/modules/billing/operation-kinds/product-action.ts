import type { Desk } from '#server/desk.ts'
import { saveEntitlements } from '#modules/customers/index.ts'
import { UpstreamError } from '#platform/errors.ts'
import { operationEvent } from '../operation-event.ts'
import { findAction } from '../product/action-catalogue.ts'
import { askProduct, callProduct, type ProductPlan } from '../product/call.ts'
import { attemptSettings } from '../rules/attempts.ts'
import type { LookUpResult } from '../rules/product-answer.ts'
import { faultOfEffect } from '../rules/product-preview.ts'
import type { StoredOperation } from '../store/operations.ts'
import type { OperationKind, Verdict } from './operation-kind.ts'

/** Something the customer's own product does: seats, access, an account's end. Which, is data. */
export const productAction: OperationKind = {
  words: {
    refused: 'The product refused the request.',
    neverTaken: 'The product took no request for this for three days; nothing was done.',
    notCarriedOut: 'The product could not carry this out for three days; nothing was done.',
    ask: 'The product cannot be asked whether this was done. Look there, and ask again from here.',
  },
  check: async (desk, operation) => {
    const action = await findAction(desk, planOf(operation).actionId)
    return action?.definition.enabled ? undefined : 'The action was switched off before this started; nothing was done.'
  },
  carryOut: (desk, operation, key) => callProduct(desk, operation.id, planOf(operation), key),
  find: async (desk, operation) => {
    const { outcome, detail } = await askProduct(desk, operation.id, planOf(operation))
    switch (outcome) {
      case 'found':
        return { outcome, found: planOf(operation).key }
      case 'refused':
        return { outcome, detail: detail ?? '' }
      case 'failed':
        throw new UpstreamError(detail ?? 'The product did not answer.', { retryable: true })
      default:
        return { outcome }
    }
  },
  made: (_operation, found) => ({ effectId: found }),
  verify,
}

function planOf(operation: StoredOperation): ProductPlan {
  return operation.plan as ProductPlan
}

/** Done means that the product says so when asked anew, and that what it says of the entitlement is what was wanted. */
async function verify(desk: Desk, operation: StoredOperation): Promise<Verdict | undefined> {
  const plan = planOf(operation)
  const result = await askProduct(desk, operation.id, plan)
  const isLate = desk.now().epochMilliseconds - operation.createdAt.epochMilliseconds > 2 * attemptSettings.giveUpMs
  if ((result.outcome === 'failed' || result.outcome === 'accepted') && !isLate) return undefined
  if (result.outcome === 'found' && result.entitlement?.key === plan.key) {
    const { key, ...state } = result.entitlement
    await saveEntitlements(desk, { kind: 'operation', name: plan.definition.title }, [{ key, state }])
  }
  const problem = problemOf(plan, result)
  if (problem !== undefined) return { state: 'unknown', problem }
  return {
    state: 'done',
    problem: null,
    events: [operationEvent(operation, 'product.changed', { actionId: plan.actionId })],
  }
}

function problemOf({ key, definition, parameters }: ProductPlan, result: LookUpResult): string | undefined {
  if (result.outcome === 'refused') return `The product took it and now says that it failed: ${result.detail ?? ''}`
  if (result.outcome !== 'found') return 'The product said that it was done and cannot show it now. Look there.'
  const { entitlement } = result
  if (entitlement && entitlement.key !== key)
    return `The product speaks of ${entitlement.key} instead of ${key}. Look there.`
  return faultOfEffect(definition, parameters, entitlement)
}

import type { listProductOperations, ProductOperation } from '#contract/product.ts'
import type { QueryOf } from '#contract/endpoint.ts'
import type { Id } from '#contract/ids.ts'
import { and, asc, desc, eq, inArray, lt, or, sql } from 'drizzle-orm'
import type { Desk } from '#server/desk.ts'
import { readContactEntitlements } from '#modules/customers/index.ts'
import { decodeTimeCursor, pageOf } from '#platform/cursor.ts'
import { notFound } from '#platform/errors.ts'
import { productAttempts, productOperations } from '../product-tables.ts'
import { checkEntitlements } from '../rules/entitlement-check.ts'
import { readContactBilling } from '../views/contact-billing.ts'
import { seen } from '../views/operation-view.ts'
import { maySeeTicket } from '../operation-visibility.ts'
import { whyNotApprove } from './decide.ts'
import type { StoredProductOperation } from './operation-store.ts'

const shown = 50

export async function readProductOperation(desk: Desk, id: Id<'pop'>): Promise<ProductOperation> {
  const [row] = await desk.db.select().from(productOperations).where(eq(productOperations.id, id))
  if (!row || !(await maySeeTicket(desk, row.ticketId))) throw notFound('product operation')
  const [operation] = await present(desk, [row])
  return operation as ProductOperation
}

/** Newest first. Those of tickets the actor may not see are left out, so a page may be short. */
export async function listOperations(desk: Desk, query: QueryOf<typeof listProductOperations>) {
  const limit = query.limit ?? shown
  const after = decodeTimeCursor(query.cursor)
  const { id, createdAt, ticketId, contactId, state } = productOperations
  const rows = await desk.db
    .select()
    .from(productOperations)
    .where(
      and(
        after && or(lt(createdAt, after.at), and(eq(createdAt, after.at), lt(id, after.id as Id<'pop'>))),
        query.ticketId && eq(ticketId, query.ticketId),
        query.contactId && eq(contactId, query.contactId),
        query.state && eq(state, query.state),
      ),
    )
    .orderBy(desc(createdAt), desc(id))
    .limit(limit + 1)
  const page = pageOf(
    rows,
    limit,
    (row) => [row.createdAt.toString(), row.id],
    (row) => row,
  )
  const visible = await seen(desk, page.items, (row) => row.ticketId)
  return { items: await present(desk, visible), nextCursor: page.nextCursor }
}

async function present(desk: Desk, rows: readonly StoredProductOperation[]): Promise<ProductOperation[]> {
  if (rows.length === 0) return []
  const attempts = await desk.db
    .select()
    .from(productAttempts)
    .where(
      inArray(
        productAttempts.operationId,
        rows.map(({ id }) => id),
      ),
    )
    .orderBy(asc(productAttempts.seq))
  return rows.map((row) => {
    const own = attempts.filter(({ operationId }) => operationId === row.id)
    const refusal = desk.actor.permissions.has('billing.approve')
      ? whyNotApprove(desk, row)
      : 'Your role does not approve actions of the product.'
    return {
      id: row.id,
      action: row.definition.name,
      title: row.definition.title,
      key: row.key,
      state: row.state,
      sentence: sentenceOf(row),
      seen: row.seen,
      approval: row.approval,
      decidedBy: row.decidedByName,
      reason: row.reason,
      contactId: row.contactId,
      ticketId: row.ticketId,
      requestedBy: row.requestedByName,
      mayDecide: refusal === null,
      mayNotBecause: refusal,
      attempts: own.map(({ kind, key, startedAt, outcome, detail }) => ({
        key: kind === 'look_up' ? 'look-up' : key,
        at: startedAt.toString(),
        outcome,
        detail,
      })),
      createdAt: row.createdAt.toString(),
    }
  })
}

function sentenceOf({ state, definition: { title }, key, problem, approval }: StoredProductOperation): string {
  const what = `${title} for ${key}`
  switch (state) {
    case 'awaiting_approval':
      return `${what} waits for ${approval === 'finance' ? 'finance' : 'a lead'} to approve it.`
    case 'queued':
      return `${what} is about to start.`
    case 'running':
      return `${what}: the product is being asked.`
    case 'verifying':
      return `${what}: the product says it is done; it is being asked whether it is so.`
    case 'done':
      return `${what} is done.`
    case 'failed':
      return `${what} did not happen. ${problem ?? ''}`.trim()
    case 'unknown':
      return `It is not known whether ${what} happened. ${problem ?? ''}`.trim()
    case 'rejected':
      return `${what} was rejected.`
    case 'cancelled':
      return `${what} was taken back before it started.`
  }
}

/** Where what the product grants a contact and what Stripe says disagree. */
export async function readEntitlementCheck(desk: Desk, contactId: Id<'con'>) {
  const { items } = await readContactEntitlements(desk, contactId)
  const { customers } = await readContactBilling(desk, contactId)
  const times = customers.flatMap(({ asOf }) => asOf ?? [])
  const result = checkEntitlements({
    linked: customers.length > 0,
    read: customers.length > 0 && times.length === customers.length,
    subscriptions: customers.flatMap(({ subscriptions }) => subscriptions),
    entitlements: items.map(({ entitlement }) => entitlement),
  })
  return { ...result, asOf: times.toSorted()[0] ?? null }
}

/** Operations that should be moving and whose time has come, or all of them after a start. */
export async function movingOperations(desk: Desk, which: 'all' | 'due'): Promise<Id<'pop'>[]> {
  const { state, nextAt, id } = productOperations
  const due = which === 'all' ? undefined : sql`(${nextAt} is null or ${nextAt} <= ${desk.now().toString()})`
  const rows = await desk.db
    .select({ id })
    .from(productOperations)
    .where(and(inArray(state, ['queued', 'running', 'verifying']), due))
    .limit(1000)
  return rows.map((row) => row.id)
}

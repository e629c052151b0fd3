import { asc, eq, gt } from 'drizzle-orm'
import type { ProductAction, ProductActionDefinition } from '#contract/product.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { decodeCursor, pageOf } from '#platform/cursor.ts'
import { DeskError, notFound } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { productActions } from '../product-tables.ts'
import { faultOfDefinition } from '../rules/product-preview.ts'

const shown = 50

/** What the desk may ask the product to do, by name. */
export async function listActions(desk: Desk, query: { limit?: number | undefined; cursor?: string | undefined }) {
  const limit = query.limit ?? shown
  const [after] = decodeCursor(query.cursor, 1) ?? [null]
  const rows = await desk.db
    .select()
    .from(productActions)
    .where(after === null ? undefined : gt(productActions.name, String(after)))
    .orderBy(asc(productActions.name))
    .limit(limit + 1)
  return pageOf(rows, limit, ({ name }) => [name], present)
}

export async function findAction(desk: Desk, id: Id<'pac'>): Promise<ProductAction | undefined> {
  const [row] = await desk.db.select().from(productActions).where(eq(productActions.id, id))
  return row && present(row)
}

export async function readAction(desk: Desk, id: Id<'pac'>): Promise<ProductAction> {
  const action = await findAction(desk, id)
  if (!action) throw notFound('product action')
  return action
}

export async function createAction(desk: Desk, definition: ProductActionDefinition): Promise<ProductAction> {
  refuseFaults(desk, definition)
  return desk.transaction(async (tx) => {
    const row = { id: newId('pac', tx.now()), name: definition.name, definition, updatedAt: tx.now() }
    const made = await tx.db.insert(productActions).values(row).onConflictDoNothing().returning()
    if (!made[0]) throw new DeskError('conflict', `There is an action named ${definition.name} already.`)
    await tx.emit({ type: 'product_action.created', data: { actionId: row.id } })
    return present(made[0])
  })
}

export async function updateAction(
  desk: Desk,
  id: Id<'pac'>,
  { definition, version }: { definition: ProductActionDefinition; version: number },
): Promise<ProductAction> {
  refuseFaults(desk, definition)
  return desk.transaction(async (tx) => {
    const [row] = await tx.db.select().from(productActions).where(eq(productActions.id, id)).for('update')
    if (!row) throw notFound('product action')
    if (row.version !== version)
      throw new DeskError('stale', 'Somebody changed this action meanwhile. Look at it again.')
    if (row.name !== definition.name) throw new DeskError('invalid_request', 'body.definition.name: cannot be changed.')
    const change = { definition, version: version + 1, updatedAt: tx.now() }
    await tx.db.update(productActions).set(change).where(eq(productActions.id, id))
    await tx.emit({ type: 'product_action.changed', data: { actionId: id, version: version + 1 } })
    return present({ ...row, ...change })
  })
}

export async function deleteAction(desk: Desk, id: Id<'pac'>): Promise<void> {
  await desk.transaction(async (tx) => {
    const gone = await tx.db
      .delete(productActions)
      .where(eq(productActions.id, id))
      .returning({ id: productActions.id })
    if (gone.length === 0) throw notFound('product action')
    await tx.emit({ type: 'product_action.removed', data: { actionId: id } })
  })
}

function refuseFaults(desk: Desk, definition: ProductActionDefinition): void {
  const fault = faultOfDefinition(definition)
  if (fault) throw new DeskError('invalid_request', fault)
  for (const field of ['endpoint', 'statusEndpoint'] as const) {
    const objection = desk.ports.product.objectionTo(definition[field])
    if (objection) throw new DeskError('invalid_request', `${field}: ${objection}.`)
  }
}

function present({
  id,
  version,
  definition,
}: Pick<typeof productActions.$inferSelect, 'id' | 'version' | 'definition'>) {
  return { id, version, definition }
}

import type { Operation, RefundCause, RefundPreview } from '#contract/billing.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { idOf, uuidOf } from '#platform/ids.ts'

export type StoredPreview = {
  id: Id<'prv'>
  kind: Operation['kind']
  madeBy: string
  charge: string | null
  invoice: string | null
  subscription: string | null
  customerId: string | null
  contactId: Id<'con'> | null
  contactName: string | null
  ticketId: Id<'tkt'> | null
  cause: RefundCause | null
  seen: RefundPreview
  policyVersion: number
  operationId: Id<'op'> | null
  expiresAt: Temporal.Instant
}

export async function insertPreview(desk: Desk, preview: StoredPreview, input: unknown): Promise<void> {
  await desk.connection.query(
    `insert into operation_previews (id, stripe_account, made_by, charge, invoice, subscription, customer_id, contact_id, contact_name,
       ticket_id, cause, input, seen, policy_version, created_at, expires_at, kind)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
    [
      uuidOf(preview.id),
      desk.ports.payments.account,
      preview.madeBy,
      preview.charge,
      preview.invoice,
      preview.subscription,
      preview.customerId,
      preview.contactId && uuidOf(preview.contactId),
      preview.contactName,
      preview.ticketId && uuidOf(preview.ticketId),
      preview.cause,
      JSON.stringify(input),
      JSON.stringify(preview.seen),
      preview.policyVersion,
      desk.now().toString(),
      preview.expiresAt.toString(),
      preview.kind,
    ],
  )
}

type Row = Omit<StoredPreview, 'id' | 'contactId' | 'ticketId' | 'operationId'> & {
  contact: string | null
  ticket: string | null
  operation: string | null
}

/** Locks a preview of the present Stripe account for the rest of the transaction. */
export async function lockPreview(desk: Desk, id: Id<'prv'>): Promise<StoredPreview | undefined> {
  const { rows } = await desk.connection.query<Row>({
    name: 'lock-preview',
    text: `select kind, made_by as "madeBy", charge, invoice, subscription, customer_id as "customerId", contact_id as contact,
        contact_name as "contactName", ticket_id as ticket, cause, seen, policy_version as "policyVersion",
        operation_id as operation, expires_at as "expiresAt"
      from operation_previews where id = $1 and stripe_account = $2 for update`,
    values: [uuidOf(id), desk.ports.payments.account],
  })
  const row = rows[0]
  if (!row) return undefined
  const { contact, ticket, operation, ...rest } = row
  return {
    id,
    ...rest,
    contactId: contact ? idOf('con', contact) : null,
    ticketId: ticket ? idOf('tkt', ticket) : null,
    operationId: operation ? idOf('op', operation) : null,
  }
}

/** What a preview was decided on; whoever saved it knows the shape. */
export async function previewInput<T>(desk: Desk, id: Id<'prv'>): Promise<T> {
  const { rows } = await desk.connection.query<{ input: T }>('select input from operation_previews where id = $1', [
    uuidOf(id),
  ])
  const [row] = rows
  if (!row) throw new Error(`${id} is gone`)
  return row.input
}

export async function usePreview(desk: Desk, id: Id<'prv'>, operationId: Id<'op'>): Promise<void> {
  await desk.connection.query('update operation_previews set operation_id = $2 where id = $1', [
    uuidOf(id),
    uuidOf(operationId),
  ])
}

/** Previews nobody acted on tell nothing a day after they expired. */
export async function dropUnusedPreviews(desk: Desk): Promise<void> {
  await desk.connection.query('delete from operation_previews where operation_id is null and expires_at < $1', [
    desk.now().subtract({ hours: 24 }).toString(),
  ])
}

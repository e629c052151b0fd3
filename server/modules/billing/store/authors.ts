import type { Desk } from '#server/desk.ts'
import { uuidOf } from '#platform/ids.ts'
import { operationOfKey, type EventFacts, type OperationAuthor } from '../rules/authorship.ts'

/** Newest events that tell of one of these objects; those swept away are not known any more. */
const most = 500

/** What the kept events tell of these objects, and for a customer of their visits to the portal. */
export async function readEvents(desk: Desk, subjects: readonly string[]): Promise<EventFacts[]> {
  const { rows } = await desk.connection.query<EventFacts & { key: string | null; operation: string | null }>({
    name: 'events-of-subjects',
    text: `select type, subject as object, (payload ->> 'created')::float8 as at,
        payload #>> '{request,id}' is not null as requested, payload #>> '{request,idempotency_key}' as key,
        payload #>> '{data,object,metadata,operation_id}' as operation,
        array(select jsonb_object_keys(case jsonb_typeof(payload #> '{data,previous_attributes}')
          when 'object' then payload #> '{data,previous_attributes}' else '{}' end)) as changed,
        payload #>> '{data,object,schedule}' is not null as scheduled,
        payload #>> '{data,object,cancellation_details,feedback}' is not null as feedback
      from webhook_events where stripe_account = $1 and subject = any($2)
      order by (payload ->> 'created')::float8 desc limit ${most}`,
    values: [desk.ports.payments.account, [...new Set(subjects)]],
  })
  return rows.map(({ key, operation, ...event }) => ({
    ...event,
    ...(key === null ? {} : { key }),
    ...(operation === null ? {} : { operation }),
  }))
}

/** Who ordered the operations that these events name. */
export async function readOperationAuthors(desk: Desk, events: readonly EventFacts[]): Promise<OperationAuthor[]> {
  const named = events.flatMap(({ key, operation }) => operationOfKey(key) ?? operation ?? [])
  const ids = [...new Set(named)].filter((id) => /^op_[0-9a-z]{26}$/.test(id))
  if (ids.length === 0) return []
  const { rows } = await desk.connection.query<{ id: string; kind: string; by: string }>({
    name: 'operation-authors',
    text: 'select id::text, kind, requested_by_name as by from operations where id = any($1::uuid[])',
    values: [ids.map(uuidOf)],
  })
  return ids.flatMap((id) => {
    const row = rows.find((one) => one.id === uuidOf(id))
    return row ? [{ id, by: row.by, what: `a ${row.kind.replaceAll('_', ' ')}` }] : []
  })
}

import { customType } from 'drizzle-orm/pg-core'
import type { Id, IdPrefix } from '#contract/ids.ts'
import { idOf, uuidOf } from './ids.ts'

/** A uuid column that code sees as a prefixed id, so that nothing converts ids by hand. */
export function idColumn<P extends IdPrefix>(prefix: P) {
  return customType<{ data: Id<P>; driverData: string }>({
    dataType: () => 'uuid',
    toDriver: (id) => uuidOf(id),
    fromDriver: (uuid) => idOf(prefix, uuid),
  })
}

/** timestamptz as Temporal.Instant. */
export const instant = customType<{ data: Temporal.Instant; driverData: string | Temporal.Instant }>({
  dataType: () => 'timestamptz',
  toDriver: (value) => value.toString(),
  fromDriver: (value) => (typeof value === 'string' ? Temporal.Instant.from(value) : value),
})

export const bytea = customType<{ data: Uint8Array; driverData: Buffer }>({
  dataType: () => 'bytea',
  toDriver: (value) => Buffer.from(value.buffer, value.byteOffset, value.byteLength),
})

export const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })

/** A transaction id; compared in SQL only. */
export const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' })

import type { Desk } from '#server/desk.ts'
import type { DkimAlgorithm } from '../rules/dkim-record.ts'

export type StoredDkimKey = {
  domain: string
  selector: string
  algorithm: DkimAlgorithm
  publicKey: string
  enabled: boolean
  retiredAt: Temporal.Instant | null
  checkedAt: Temporal.Instant | null
  problem: string | null
  createdAt: Temporal.Instant
}

const columns = `domain, selector, algorithm, public_key as "publicKey", enabled, retired_at as "retiredAt",
  checked_at as "checkedAt", problem, created_at as "createdAt"`

/** Every key, those in use first. */
export async function readDkimKeys(desk: Desk): Promise<StoredDkimKey[]> {
  const { rows } = await desk.connection.query<StoredDkimKey>(
    `select ${columns} from dkim_keys order by domain, retired_at nulls first, created_at, selector limit 500`,
  )
  return rows
}

export async function lockDkimKey(desk: Desk, domain: string, selector: string): Promise<StoredDkimKey | undefined> {
  const { rows } = await desk.connection.query<StoredDkimKey>(
    `select ${columns} from dkim_keys where domain = $1 and selector = $2 for update`,
    [domain, selector],
  )
  return rows[0]
}

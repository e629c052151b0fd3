import { Client } from 'pg'
import { expect, test } from 'vitest'
import { createTestDatabase } from '#test/postgres.ts'

test('a test database is migrated, its own, and gone once dropped', async () => {
  const [one, two] = await Promise.all([createTestDatabase(), createTestDatabase()])
  expect(one.url).not.toBe(two.url)
  const client = new Client({ connectionString: one.url })
  await client.connect()
  const { rows } = await client.query(
    `select to_regclass('graphile_worker._private_jobs') is not null as migrated, current_user`,
  )
  expect(rows).toEqual([{ migrated: true, current_user: 'mainstay' }])
  await client.end()
  await one.drop()
  await two.drop()
  await expect(new Client({ connectionString: one.url }).connect()).rejects.toThrow(/does not exist/)
})

import type { Desk } from '#server/desk.ts'

const day = 24 * 60 * 60 * 1000

/**
 * Removes the files of attachments that are gone, such as those of purged tickets, undone imports and
 * uploads that were never sent; resolves to how many
 * there were. Of what was stored in the last day none is touched: the mail that brought it may not be committed yet.
 */
export async function sweepBlobs(desk: Desk): Promise<number> {
  return desk.blobs.sweep({
    olderThan: day,
    async inUse(hashes) {
      const { rows } = await desk.connection.query<{ hash: string }>({
        name: 'hashes-in-use',
        text: `select h.hash from unnest($1::text[]) as h(hash) where exists (select from attachments a where a.hash = h.hash)`,
        values: [hashes],
      })
      return new Set(rows.map(({ hash }) => hash))
    },
  })
}

import type { Desk } from '#server/desk.ts'
import { DeskError, notFound } from '#platform/errors.ts'
import { dkimRecord, dkimRecordProblem } from '../rules/dkim-record.ts'
import { lockDkimKey } from '../store/dkim-keys.ts'

/** Looks a key's DNS record up and keeps what was found. A record that went wrong does not switch the key off by itself. */
export async function checkDkimKey(desk: Desk, domain: string, selector: string): Promise<void> {
  const known = await lockDkimKey(desk, domain, selector)
  if (!known) throw notFound('key')
  const { name } = dkimRecord(known)
  const problem = await desk.ports.mail.textRecords(name).then(
    (found) => dkimRecordProblem(known, found),
    (error: Error) => `The DNS could not be asked: ${error.message}`,
  )
  await desk.connection.query(
    'update dkim_keys set checked_at = $3, problem = $4 where domain = $1 and selector = $2',
    [domain, selector, desk.now().toString(), problem?.slice(0, 500) ?? null],
  )
}

/**
 * Begins or ends signing with a key, or retires it. Mail that was written before keeps the signature it was given, so a
 * key is never deleted.
 */
export async function switchDkimKey(
  desk: Desk,
  domain: string,
  selector: string,
  change: { enabled?: boolean | undefined; retired?: true | undefined },
): Promise<void> {
  await desk.transaction(async (tx) => {
    const key = await lockDkimKey(tx, domain, selector)
    if (!key) throw notFound('key')
    const enabled = change.retired ? false : (change.enabled ?? key.enabled)
    if (enabled && key.retiredAt) throw new DeskError('conflict', 'This key is retired. Make another one.')
    if (enabled && !key.enabled && (key.checkedAt === null || key.problem !== null))
      throw new DeskError(
        'conflict',
        `Receivers would take the signature for a forged one. ${key.problem ?? 'Check the DNS record first.'}`,
      )
    await tx.connection.query(
      `update dkim_keys set enabled = $3, retired_at = case when $4 then coalesce(retired_at, $5::timestamptz) else retired_at end
       where domain = $1 and selector = $2`,
      [domain, selector, enabled, change.retired ?? false, tx.now().toString()],
    )
    await tx.emit({ type: 'dkim_key.changed', data: { enabled, retired: change.retired ?? key.retiredAt !== null } })
  })
}

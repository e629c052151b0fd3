import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError, notFound } from '#platform/errors.ts'
import { hasCode } from '#platform/errno.ts'
import { newId, uuidOf } from '#platform/ids.ts'

type Fields = { name?: string | undefined; signature?: string | undefined }

export async function createTeam(desk: Desk, fields: Fields & { name: string }): Promise<Id<'tea'>> {
  return desk.transaction(async (desk) => {
    const teamId = newId('tea', desk.now())
    await refuseTaken(() =>
      desk.connection.query('insert into teams (id, name, signature, created_at) values ($1, $2, $3, $4)', [
        uuidOf(teamId),
        fields.name,
        fields.signature ?? '',
        desk.now().toString(),
      ]),
    )
    await desk.emit({ type: 'team.created', data: { teamId } })
    return teamId
  })
}

export async function updateTeam(desk: Desk, teamId: Id<'tea'>, fields: Fields): Promise<void> {
  await desk.transaction(async (desk) => {
    const { rowCount } = await refuseTaken(() =>
      desk.connection.query(
        'update teams set name = coalesce($2, name), signature = coalesce($3, signature) where id = $1',
        [uuidOf(teamId), fields.name ?? null, fields.signature ?? null],
      ),
    )
    if (rowCount !== 1) throw notFound('team')
    const changed = (['name', 'signature'] as const).filter((field) => fields[field] !== undefined)
    if (changed.length > 0) await desk.emit({ type: 'team.updated', data: { teamId, fields: changed } })
  })
}

async function refuseTaken<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (hasCode(error, '23505')) throw new DeskError('conflict', 'There is already a team of this name.')
    throw error
  }
}

import type { Id } from '#contract/ids.ts'
import type { ImportState } from '#contract/imports.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError } from '#platform/errors.ts'
import { readImport, updateImport } from '../store/imports.ts'
import { enqueueImport } from './start-import.ts'

export type ImportAction = 'pause' | 'resume' | 'undo'

const from: Record<ImportAction, readonly ImportState[]> = {
  pause: ['running'],
  resume: ['paused', 'failed'],
  undo: ['uploading', 'paused', 'failed', 'done'],
}
const to: Record<ImportAction, ImportState> = { pause: 'paused', resume: 'running', undo: 'undoing' }
const refusals: Record<ImportAction, string> = {
  pause: 'Only an import that is running can be paused.',
  resume: 'Only an import that is paused or has stopped can go on.',
  undo: 'Pause the import before you undo it; one that is being undone, or was, stays so.',
}

/** Pauses an import, goes on with it, or begins to take away what it brought. */
export async function changeImport(desk: Desk, id: Id<'imp'>, action: ImportAction): Promise<void> {
  await desk.transaction(async (tx) => {
    const row = await readImport(tx, id, { lock: true })
    if (!from[action].includes(row.state)) throw new DeskError('conflict', refusals[action])
    await updateImport(tx, id, { state: to[action], trouble: null, endedAt: null })
    await tx.emit({ type: `import.${to[action]}`, data: { importId: id } })
    if (action === 'resume') await enqueueImport(tx, id)
    if (action === 'undo')
      await tx.enqueue({ name: 'inbox.undo_import', payload: { importId: id }, queue: 'inbox.import' })
  })
}

import type { Desk } from '#server/desk.ts'
import { runOperationJob } from '../job-names.ts'
import { unfinishedOperations } from '../store/operations.ts'

/**
 * Wakes operations that should be moving: after a crash their job may be lost or held by a process that is gone. Waking one
 * that is already worked on does nothing.
 */
export async function resumeOperations(desk: Desk, which: 'all' | 'due'): Promise<void> {
  for (const id of await unfinishedOperations(desk, which)) await desk.enqueue(runOperationJob(id))
}

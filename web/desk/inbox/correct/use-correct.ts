import { useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import { undoCorrection, type Correction } from '#contract/corrections.ts'
import type { Id } from '#contract/ids.ts'
import { call } from '../../api.ts'
import '../../messages/rooms/correct.ts'
import { t } from '../../messages/translate.ts'
import { queryClient } from '../../query-client.ts'
import { errorToast, toast, undoToast } from '../../ui/toast.tsx'
import { intentKey } from '../composer/intent-key.ts'
import { setCorrecting } from './correcting.ts'

/** Takes a correction back; whatever is on the screen follows. */
export async function takeBack(id: Id<'cor'>): Promise<void> {
  try {
    await call(undoCorrection, { params: { id } })
    toast(t('correct.undone'))
  } catch (error) {
    errorToast(error)
  }
  await queryClient.invalidateQueries()
}

/** Does a correction once, says so, and offers to take it back. */
export function useCorrect(run: (idempotencyKey: string) => Promise<Correction>, onDone?: (done: Correction) => void) {
  const key = useRef(intentKey())
  return useMutation({
    mutationFn: () => run(key.current),
    onSuccess: (done) => {
      setCorrecting(null)
      void queryClient.invalidateQueries()
      undoToast({ text: doneWords(done), seconds: 20, onUndo: () => void takeBack(done.id) })
      onDone?.(done)
    },
    // Done, undone and done again is another intent; so is another try after a refusal.
    onSettled: () => {
      key.current = intentKey()
    },
  })
}

function doneWords({ kind, other }: Correction): string {
  return kind === 'sender'
    ? t('correct.done.sender')
    : t(`correct.done.${kind}`, { number: String(other?.number ?? '') })
}

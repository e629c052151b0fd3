import { IconCheck, IconCloudOff } from '@tabler/icons-react'
import { t } from '../../messages/translate.ts'
import css from './composer.module.css'
import type { SaveState } from './use-draft.ts'

/** Whether what was typed is safe, or why it was not sent. */
export function DraftStateWords({ state, refused }: { state: SaveState; refused: string | null }) {
  if (refused)
    return (
      <span className={css.state} data-state="unsaved" role="status">
        {refused}
      </span>
    )
  if (state === 'idle') return null
  return (
    <span className={css.state} data-state={state}>
      {state === 'saved' && <IconCheck size={14} stroke={1.75} aria-hidden />}
      {state === 'unsaved' && <IconCloudOff size={14} stroke={1.75} aria-hidden />}
      {t(`composer.state.${state}`)}
    </span>
  )
}

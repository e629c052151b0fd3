import { Button } from '@mantine/core'
import { t } from '../messages/translate.ts'
import { useShortcut } from '../shortcuts.ts'
import { FormError } from '../ui/form-error.tsx'
import { Kbd } from '../ui/kbd.tsx'
import css from './save-bar.module.css'

type Props = {
  dirty: boolean
  saving: boolean
  error: unknown
  /** A sentence that stops saving until it is settled. */
  problem?: string | null
  onSave: () => void
  onDiscard: () => void
}

/** Appears under a form when something in it was changed, and says what stops it from being saved. */
export function SaveBar({ dirty, saving, error, problem, onSave, onDiscard }: Props) {
  const save = (): void => {
    if (!problem && !saving) onSave()
  }
  useShortcut(dirty && { keys: 'mod+s', label: t('settings.save'), run: save, inFields: true })
  if (!dirty) return null
  return (
    <div className={css.bar}>
      <div className={css.words}>
        <FormError error={error}>{problem}</FormError>
      </div>
      <Button variant="default" onClick={onDiscard}>
        {t('settings.discard')}
      </Button>
      <Button
        loading={saving}
        data-disabled={problem ? true : undefined}
        aria-disabled={problem ? true : undefined}
        onClick={save}
      >
        {t('settings.save')}
      </Button>
      <span className={css.keys}>
        <Kbd keys="mod+s" />
      </span>
    </div>
  )
}

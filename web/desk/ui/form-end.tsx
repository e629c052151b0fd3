import { Button } from '@mantine/core'
import { t } from '../messages/translate.ts'
import css from './form-end.module.css'
import { FormError } from './form-error.tsx'

type Props = {
  /** What no field can show. */
  error: unknown
  /** What the button that submits says. */
  action: string
  isSaving: boolean
  onCancel: () => void
}

/** The end of a form that is done or left: why it was refused, the way out, and the button that submits it. */
export function FormEnd({ error, action, isSaving, onCancel }: Props) {
  return (
    <>
      <FormError error={error} />
      <div className={css.buttons}>
        <Button variant="default" onClick={onCancel}>
          {t('ui.cancel')}
        </Button>
        <Button type="submit" loading={isSaving}>
          {action}
        </Button>
      </div>
    </>
  )
}

import { PasswordInput } from '@mantine/core'
import { useId } from 'react'
import { t } from '../messages/translate.ts'
import css from './new-password.module.css'
import { passwordMin, passwordStrength } from './password-strength.ts'

type Props = { value: string; onChange: (value: string) => void; label?: string; autoFocus?: boolean }

/** A field for a new password with a bar and words for how hard it is to guess. */
export function NewPassword({ value, onChange, label = t('setup.password'), autoFocus }: Props) {
  const id = useId()
  const strength = passwordStrength(value)
  const words =
    value === ''
      ? t('password.rule')
      : strength === 'short'
        ? t('password.tooShort', { count: passwordMin - value.length })
        : t(`password.${strength}`)
  return (
    <div>
      <PasswordInput
        label={label}
        size="md"
        autoComplete="new-password"
        minLength={passwordMin}
        required
        autoFocus={autoFocus}
        aria-describedby={id}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <div className={css.bar} data-strength={value ? strength : undefined} aria-hidden>
        <span />
        <span />
        <span />
      </div>
      <div id={id} className={css.words}>
        {words}
      </div>
    </div>
  )
}

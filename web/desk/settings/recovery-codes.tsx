import { Button, PasswordInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { renewBackupCodes } from '../auth.ts'
import { t } from '../messages/translate.ts'
import { signInWords } from '../sign-in/sign-in-words.ts'
import { CopyText } from '../ui/copy-text.tsx'
import { FormError } from '../ui/form-error.tsx'
import { Notice } from '../ui/notice.tsx'
import css from './recovery-codes.module.css'

/** Password, then ten new codes, shown once. */
export function RecoveryCodes({ onDone }: { onDone: () => void }) {
  const [password, setPassword] = useState('')
  const renew = useMutation({ mutationFn: () => renewBackupCodes(password) })
  if (renew.data)
    return (
      <div className={css.stack}>
        <Notice kind="warn" actions={<CopyText text={renew.data.join('\n')} />}>
          {t('totp.recovery.hint')}
        </Notice>
        <ul className={css.codes}>
          {renew.data.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <Button size="md" onClick={onDone}>
          {t('totp.recovery.kept')}
        </Button>
      </div>
    )
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    renew.mutate()
  }
  return (
    <form onSubmit={submit} className={css.stack}>
      <PasswordInput
        label={t('totp.confirmPassword')}
        size="md"
        autoComplete="current-password"
        required
        data-autofocus
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <FormError>{renew.error && signInWords(renew.error)}</FormError>
      <Button type="submit" size="md" loading={renew.isPending}>
        {t('account.recovery.make')}
      </Button>
    </form>
  )
}

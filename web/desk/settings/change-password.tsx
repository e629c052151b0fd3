import { Button, PasswordInput, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { changePassword } from '../auth.ts'
import { t } from '../messages/translate.ts'
import { NewPassword } from '../sign-in/new-password.tsx'
import { passwordMin } from '../sign-in/password-strength.ts'
import { signInWords } from '../sign-in/sign-in-words.ts'
import { FormError } from '../ui/form-error.tsx'

export function ChangePassword({ onDone }: { onDone: () => void }) {
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const change = useMutation({ mutationFn: () => changePassword(current, next), onSuccess: onDone })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (next.length >= passwordMin) change.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <PasswordInput
          label={t('account.password.current')}
          size="md"
          autoComplete="current-password"
          required
          data-autofocus
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <NewPassword label={t('account.password.new')} value={next} onChange={setNext} />
        <FormError>{change.error && signInWords(change.error)}</FormError>
        <Button type="submit" size="md" loading={change.isPending}>
          {t('account.password.change')}
        </Button>
      </Stack>
    </form>
  )
}

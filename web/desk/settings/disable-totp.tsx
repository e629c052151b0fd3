import { Button, PasswordInput, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { disableTotp } from '../auth.ts'
import { t } from '../messages/translate.ts'
import { signInWords } from '../sign-in/sign-in-words.ts'
import { FormError } from '../ui/form-error.tsx'

export function DisableTotp({ onDone }: { onDone: () => void }) {
  const [password, setPassword] = useState('')
  const disable = useMutation({ mutationFn: () => disableTotp(password), onSuccess: onDone })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    disable.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <PasswordInput
          label={t('totp.confirmPassword')}
          size="md"
          autoComplete="current-password"
          required
          data-autofocus
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <FormError>{disable.error && signInWords(disable.error)}</FormError>
        <Button type="submit" size="md" color="red" loading={disable.isPending}>
          {t('account.codes.switchOff')}
        </Button>
      </Stack>
    </form>
  )
}

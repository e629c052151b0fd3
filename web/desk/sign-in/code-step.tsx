import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { verifyBackupCode, verifyTotp } from '../auth.ts'
import { t } from '../messages/translate.ts'
import { FormError } from '../ui/form-error.tsx'
import { SignInFrame } from './sign-in-frame.tsx'
import { signInWords } from './sign-in-words.ts'

type Props = { email: string; onDone: () => void; onBack: () => void }

/** The second step of signing in: a code of the app, or a recovery code. */
export function CodeStep({ email, onDone, onBack }: Props) {
  const [recovery, setRecovery] = useState(false)
  const [code, setCode] = useState('')
  const check = useMutation({
    mutationFn: (given: string) => (recovery ? verifyBackupCode(given) : verifyTotp(given)),
    onSuccess: onDone,
    onError: () => setCode(''),
  })
  const change = (text: string): void => {
    const next = recovery ? text : text.replace(/\D/g, '').slice(0, 6)
    setCode(next)
    if (!recovery && next.length === 6) check.mutate(next)
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    check.mutate(code.trim())
  }
  const switchKind = (): void => {
    setRecovery(!recovery)
    setCode('')
    check.reset()
  }
  return (
    <SignInFrame
      title={t('signIn.code.title')}
      hint={recovery ? t('signIn.backup.hint') : t('signIn.code.hint', { email })}
    >
      <form onSubmit={submit}>
        <TextInput
          key={recovery ? 'recovery' : 'code'}
          label={recovery ? t('signIn.backup.label') : t('signIn.code.label')}
          size="md"
          inputMode={recovery ? 'text' : 'numeric'}
          autoComplete="one-time-code"
          autoFocus
          required
          value={code}
          onChange={(event) => change(event.currentTarget.value)}
        />
        <FormError>{check.error && signInWords(check.error)}</FormError>
        <Button type="submit" size="md" fullWidth loading={check.isPending}>
          {recovery ? t('signIn.backup.submit') : t('signIn.code.submit')}
        </Button>
        <Button variant="subtle" onClick={switchKind}>
          {recovery ? t('signIn.code.use') : t('signIn.backup.use')}
        </Button>
        <Button variant="subtle" color="gray" onClick={onBack}>
          {t('signIn.code.other')}
        </Button>
      </form>
    </SignInFrame>
  )
}

import '../messages/rooms/sign-in.ts'
import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { getSetup } from '#contract/team.ts'
import { read } from '../api.ts'
import { signIn } from '../auth.ts'
import { t } from '../messages/translate.ts'
import { useGo, useSearchText } from '../page-params.ts'
import { paths } from '../paths.ts'
import { queryClient } from '../query-client.ts'
import { FormError } from '../ui/form-error.tsx'
import { CodeStep } from './code-step.tsx'
import { SignInFrame } from './sign-in-frame.tsx'
import { signInWords } from './sign-in-words.ts'

const setupQuery = read(getSetup, {})

export function Page() {
  const setup = useQuery(setupQuery)
  const go = useGo()
  const [back] = useSearchText('back')
  const [ended] = useSearchText('ended')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [needsCode, setNeedsCode] = useState(false)

  const enter = (): void => {
    queryClient.clear()
    // Only an address of this desk: `//elsewhere` would leave it.
    go(/^\/(?![/\\])/.test(back) ? back : paths.home(), { replace: true })
  }
  const attempt = useMutation({
    mutationFn: () => signIn(email.trim(), password),
    onSuccess: (next) => (next === 'code' ? setNeedsCode(true) : enter()),
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    attempt.mutate()
  }

  if (needsCode) return <CodeStep email={email.trim()} onDone={enter} onBack={() => setNeedsCode(false)} />
  const company = setup.data?.companyName
  return (
    <SignInFrame
      title={company ? t('signIn.to', { company }) : t('signIn.title')}
      hint={setup.data?.needed ? t('signIn.noSetup') : ended ? t('signIn.ended') : undefined}
    >
      <form onSubmit={submit}>
        <TextInput
          label={t('signIn.email')}
          size="md"
          type="email"
          name="email"
          autoComplete="username"
          required
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('signIn.password')}
          size="md"
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <FormError>{attempt.error && signInWords(attempt.error)}</FormError>
        <Button type="submit" size="md" fullWidth loading={attempt.isPending}>
          {t('signIn.submit')}
        </Button>
      </form>
    </SignInFrame>
  )
}

import '../messages/rooms/sign-in.ts'
import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { createFirstAdmin, getSetup } from '#contract/team.ts'
import { ApiError, wordsFor } from '../api-error.ts'
import { call, read } from '../api.ts'
import { signIn } from '../auth.ts'
import { t } from '../messages/translate.ts'
import { useGo, useSearchText } from '../page-params.ts'
import { paths } from '../paths.ts'
import { queryClient } from '../query-client.ts'
import { fieldProblems } from '../ui/field-problems.ts'
import { FormError } from '../ui/form-error.tsx'
import { NewPassword } from './new-password.tsx'
import { passwordMin } from './password-strength.ts'
import { SignInFrame } from './sign-in-frame.tsx'
import { TotpSetup } from './totp-setup.tsx'

const setupQuery = read(getSetup, {})

/** Makes the first admin with the one-time link, signs in, and offers codes. */
export function Page() {
  const setup = useQuery(setupQuery)
  const go = useGo()
  const [token] = useSearchText('token')
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')

  const create = useMutation({
    mutationFn: async () => {
      await call(createFirstAdmin, { body: { token, name, email: email.trim(), password } })
      await signIn(email.trim(), password)
      queryClient.clear()
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (password.length >= passwordMin) create.mutate()
  }

  if (create.isSuccess) {
    const enter = (): void => go(paths.home(), { replace: true })
    return (
      <SignInFrame wide title={t('totp.title')} hint={t('totp.hint')}>
        <TotpSetup password={password} onDone={enter} onSkip={enter} />
      </SignInFrame>
    )
  }
  if (setup.data?.needed === false)
    return (
      <SignInFrame title={t('setup.title')} hint={t('setup.done')}>
        <Button mt="lg" size="md" fullWidth onClick={() => go(paths.signIn())}>
          {t('setup.goSignIn')}
        </Button>
      </SignInFrame>
    )
  if (token.length < 20) return <SignInFrame title={t('setup.title')} hint={t('setup.noToken')} />

  const problems = fieldProblems(create.error)
  return (
    <SignInFrame wide title={t('setup.title')} hint={t('setup.hint')}>
      <form onSubmit={submit}>
        <TextInput
          label={t('setup.name')}
          description={t('setup.nameHint')}
          size="md"
          autoComplete="name"
          maxLength={100}
          required
          autoFocus
          error={problems['name']}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={t('setup.email')}
          size="md"
          type="email"
          autoComplete="username"
          required
          error={problems['email']}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <NewPassword value={password} onChange={setPassword} />
        <FormError>{create.error && wordsForLink(create.error)}</FormError>
        <Button type="submit" size="md" fullWidth loading={create.isPending}>
          {t('setup.submit')}
        </Button>
      </form>
    </SignInFrame>
  )
}

function wordsForLink(error: unknown): string {
  const spent = error instanceof ApiError && [403, 404, 409].includes(error.status)
  return spent ? error.message || t('setup.used') : wordsFor(error)
}

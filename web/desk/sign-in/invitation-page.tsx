import '../messages/rooms/sign-in.ts'
import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { acceptInvitation } from '#contract/team.ts'
import { ApiError, wordsFor } from '../api-error.ts'
import { call } from '../api.ts'
import { signIn } from '../auth.ts'
import { t } from '../messages/translate.ts'
import { useGo, useSearchText } from '../page-params.ts'
import { paths } from '../paths.ts'
import { queryClient } from '../query-client.ts'
import { FormError } from '../ui/form-error.tsx'
import { NewPassword } from './new-password.tsx'
import { passwordMin } from './password-strength.ts'
import { SignInFrame } from './sign-in-frame.tsx'
import { TotpSetup } from './totp-setup.tsx'

/** An invited agent chooses a password with the one-time link and is signed in. */
export function Page() {
  const go = useGo()
  const [token] = useSearchText('token')
  const [password, setPassword] = useState('')

  const accept = useMutation({
    mutationFn: async () => {
      const { email } = await call(acceptInvitation, { body: { token, password } })
      const next = await signIn(email, password)
      queryClient.clear()
      return next
    },
    // Whoever has codes switched on already finishes at the sign-in page.
    onSuccess: (next) => next === 'code' && go(paths.signIn(), { replace: true }),
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (password.length >= passwordMin) accept.mutate()
  }

  if (accept.data === 'done') {
    const enter = (): void => go(paths.home(), { replace: true })
    return (
      <SignInFrame wide title={t('totp.title')} hint={t('totp.hint')}>
        <TotpSetup password={password} onDone={enter} onSkip={enter} />
      </SignInFrame>
    )
  }
  if (token.length < 20) return <SignInFrame title={t('invite.title')} hint={t('invite.noToken')} />
  return (
    <SignInFrame wide title={t('invite.title')} hint={t('invite.hint')}>
      <form onSubmit={submit}>
        <NewPassword value={password} onChange={setPassword} autoFocus />
        <FormError>{accept.error && wordsForLink(accept.error)}</FormError>
        <Button type="submit" size="md" fullWidth loading={accept.isPending}>
          {t('invite.submit')}
        </Button>
      </form>
    </SignInFrame>
  )
}

function wordsForLink(error: unknown): string {
  const spent = error instanceof ApiError && [403, 404, 409].includes(error.status)
  return spent ? error.message || t('invite.used') : wordsFor(error)
}

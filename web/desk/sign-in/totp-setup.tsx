import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, lazy, Suspense, useState } from 'react'
import { enableTotp, verifyTotp } from '../auth.ts'
import { t } from '../messages/translate.ts'
import { CopyText } from '../ui/copy-text.tsx'
import { FormError } from '../ui/form-error.tsx'
import { signInWords } from './sign-in-words.ts'
import css from './totp-setup.module.css'

const QrCode = lazy(() => import('./qr-code.tsx').then(({ QrCode }) => ({ default: QrCode })))

type Props = {
  /** Known right after it was chosen; asked for otherwise. */
  password?: string
  onDone: () => void
  onSkip: () => void
}

/** Password → QR code and first code → recovery codes. Codes are asked for at sign-in only once the first one was right. */
export function TotpSetup({ password: known, onDone, onSkip }: Props) {
  const [password, setPassword] = useState(known ?? '')
  const [code, setCode] = useState('')
  const enable = useMutation({ mutationFn: () => enableTotp(password) })
  const verify = useMutation({ mutationFn: () => verifyTotp(code), onError: () => setCode('') })
  const submit = (event: FormEvent, act: () => void): void => {
    event.preventDefault()
    act()
  }
  const skip = (
    <Button variant="subtle" color="gray" onClick={onSkip}>
      {t('totp.later')}
    </Button>
  )

  if (!enable.data)
    return (
      <form onSubmit={(event) => submit(event, enable.mutate)}>
        {known === undefined && (
          <PasswordInput
            label={t('totp.confirmPassword')}
            size="md"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        )}
        <FormError>{enable.error && signInWords(enable.error)}</FormError>
        <Button type="submit" size="md" fullWidth loading={enable.isPending}>
          {t('totp.start')}
        </Button>
        {skip}
      </form>
    )

  if (verify.isSuccess)
    return (
      <form onSubmit={(event) => submit(event, onDone)}>
        <div>
          <div className={css.head}>
            <h2 className={css.strong}>{t('totp.recovery.title')}</h2>
            <CopyText text={enable.data.backupCodes.join('\n')} />
          </div>
          <div className="muted">{t('totp.recovery.hint')}</div>
        </div>
        <ul className={css.codes}>
          {enable.data.backupCodes.map((backup) => (
            <li key={backup}>{backup}</li>
          ))}
        </ul>
        <Button type="submit" size="md" fullWidth>
          {t('totp.recovery.kept')}
        </Button>
      </form>
    )

  const secret = new URL(enable.data.totpURI).searchParams.get('secret') ?? ''
  return (
    <form onSubmit={(event) => submit(event, verify.mutate)}>
      <div className={css.qr}>
        <Suspense>
          <QrCode text={enable.data.totpURI} />
        </Suspense>
      </div>
      <p className={css.secret}>
        <span className="muted">{t('totp.cannotScan')}</span>
        <code>{secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
        <CopyText text={secret} />
      </p>
      <TextInput
        label={t('totp.code')}
        size="md"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={6}
        required
        value={code}
        onChange={(event) => setCode(event.currentTarget.value.replace(/\D/g, ''))}
      />
      <FormError>{verify.error && signInWords(verify.error)}</FormError>
      <Button type="submit" size="md" fullWidth loading={verify.isPending}>
        {t('totp.confirm')}
      </Button>
      {skip}
    </form>
  )
}

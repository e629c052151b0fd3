import { PasswordInput, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { connectStripeAccount, listStripeAccounts } from '#contract/stripe-accounts.ts'
import { call, keyOf } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import { queryClient } from '../../query-client.ts'
import { FormEnd } from '../../ui/form-end.tsx'
import { NameField } from '../../ui/name-field.tsx'
import { splitProblems } from '../../ui/split-problems.ts'
import { toast } from '../../ui/toast.tsx'
import css from '../settings-form.module.css'

/** A name, a key that is tried at once, and the signing secret of the account's webhook endpoint. */
export function ConnectAccount({ onDone }: { onDone: () => void }) {
  const [label, setLabel] = useState('')
  const [secretKey, setSecretKey] = useState('')
  const [signingSecret, setSigningSecret] = useState('')
  const connect = useMutation({
    mutationFn: () =>
      call(connectStripeAccount, {
        body: {
          label: label.trim(),
          secretKey: secretKey.trim(),
          ...(signingSecret.trim() ? { signingSecret: signingSecret.trim() } : {}),
        },
      }),
    onSuccess: (account) => {
      toast(t('stripe.accounts.connected', { name: account.label }))
      void queryClient.invalidateQueries({ queryKey: keyOf(listStripeAccounts) })
      onDone()
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    connect.mutate()
  }
  const { at, rest } = splitProblems(connect.error, ['label', 'secretKey', 'signingSecret'])
  return (
    <form onSubmit={submit} className={css.stack}>
      <NameField
        label={t('stripe.accounts.label')}
        description={t('stripe.accounts.label.hint')}
        maxLength={80}
        error={at.label}
        value={label}
        onChange={setLabel}
      />
      <PasswordInput
        label={t('stripe.accounts.key')}
        description={t('stripe.accounts.key.hint')}
        required
        autoComplete="off"
        error={at.secretKey}
        value={secretKey}
        onChange={(event) => setSecretKey(event.currentTarget.value)}
      />
      <TextInput
        label={t('stripe.accounts.signing')}
        description={t('stripe.accounts.signing.hint')}
        autoComplete="off"
        error={at.signingSecret}
        value={signingSecret}
        onChange={(event) => setSigningSecret(event.currentTarget.value)}
      />
      <FormEnd error={rest} action={t('stripe.accounts.connect')} isSaving={connect.isPending} onCancel={onDone} />
    </form>
  )
}

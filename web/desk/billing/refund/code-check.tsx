import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { checkAuthorityCode, sendAuthorityCode } from '#contract/billing.ts'
import { call } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import { announce } from '../../ui/announce.tsx'
import { FormError } from '../../ui/form-error.tsx'
import type { TicketId } from '../queries.ts'
import css from './authority-part.module.css'
import { renewPreviews } from './refund-preview.ts'

/** Mails a code to the billing address on file and checks what the customer reads back. */
export function CodeCheck({ ticketId, customer }: { ticketId: TicketId; customer: string }) {
  const [code, setCode] = useState('')
  const params = { id: ticketId }
  const sending = useMutation({
    mutationFn: () => call(sendAuthorityCode, { params, body: { customer } }),
    onSuccess: () => setCode(''),
  })
  const checking = useMutation({
    mutationFn: () => call(checkAuthorityCode, { params, body: { code } }),
    onSuccess: async () => {
      announce(t('authority.verified'))
      await renewPreviews()
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    event.stopPropagation()
    if (code.length === 6) checking.mutate()
  }
  if (!sending.data)
    return (
      <div className={css.form}>
        <p>{t('authority.code.explain')}</p>
        <FormError error={sending.error} />
        <div>
          <Button variant="default" loading={sending.isPending} onClick={() => sending.mutate()}>
            {t('authority.code.send')}
          </Button>
        </div>
      </div>
    )
  return (
    <form className={css.form} onSubmit={submit}>
      <p>{t('authority.code.sent', { address: sending.data.sentTo })}</p>
      <div className={css.line}>
        <TextInput
          className={css.code}
          aria-label={t('authority.code.label')}
          placeholder="000000"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={6}
          autoFocus
          value={code}
          onChange={(event) => setCode(event.currentTarget.value.replace(/\D/g, ''))}
        />
        <Button type="submit" loading={checking.isPending} disabled={code.length < 6}>
          {t('authority.code.check')}
        </Button>
        <Button variant="subtle" loading={sending.isPending} onClick={() => sending.mutate()}>
          {t('authority.code.again')}
        </Button>
      </div>
      <FormError error={checking.error ?? sending.error} />
    </form>
  )
}

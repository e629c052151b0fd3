import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { overrideAuthority } from '#contract/billing.ts'
import { call } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import { announce } from '../../ui/announce.tsx'
import { FormError } from '../../ui/form-error.tsx'
import type { TicketId } from '../queries.ts'
import css from './authority-part.module.css'
import { renewPreviews } from './refund-preview.ts'

/** A lead's word for the requester, kept with its reason. */
export function Vouch({ ticketId }: { ticketId: TicketId }) {
  const [reason, setReason] = useState('')
  const vouching = useMutation({
    mutationFn: () => call(overrideAuthority, { params: { id: ticketId }, body: { reason: reason.trim() } }),
    onSuccess: async () => {
      announce(t('authority.verified'))
      await renewPreviews()
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    event.stopPropagation()
    if (reason.trim()) vouching.mutate()
  }
  return (
    <form className={css.form} onSubmit={submit}>
      <p>{t('authority.vouch.explain')}</p>
      <div className={css.line}>
        <TextInput
          aria-label={t('authority.vouch.reason')}
          placeholder={t('authority.vouch.placeholder')}
          maxLength={500}
          autoFocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Button type="submit" loading={vouching.isPending} disabled={!reason.trim()}>
          {t('authority.vouch.record')}
        </Button>
      </div>
      <FormError error={vouching.error} />
    </form>
  )
}

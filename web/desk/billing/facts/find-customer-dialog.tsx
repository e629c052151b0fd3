import '../../messages/rooms/billing.ts'
import { Button, Group, Modal, Radio, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { createBillingLink, getContactBilling, searchBillingCustomers } from '#contract/billing.ts'
import { call, keyOf, read } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import { queryClient } from '../../query-client.ts'
import { DisabledReason } from '../../ui/disabled-reason.tsx'
import { FormError } from '../../ui/form-error.tsx'
import { SkeletonRows } from '../../ui/skeleton-rows.tsx'
import { toast } from '../../ui/toast.tsx'
import { useCloseByEscape } from '../../ui/use-close-by-escape.ts'
import { useOpened } from '../../ui/use-opened.ts'
import type { ContactId } from '../queries.ts'
import css from './find-customer-dialog.module.css'

type Props = { contactId: ContactId; opened: boolean; onClose: () => void }

const hitsOf = (q: string) => read(searchBillingCustomers, { query: { q, limit: 20 } })

/** Finds a Stripe customer by id, address or name and links it, with the reason that will stand beside the link. */
export function FindCustomerDialog({ contactId, opened, onClose }: Props) {
  const onKeyDown = useCloseByEscape(opened, onClose)
  return (
    <Modal
      opened={useOpened(opened)}
      onClose={onClose}
      title={t('link.find.title')}
      size={520}
      closeOnEscape={false}
      onKeyDown={onKeyDown}
    >
      <FindForm contactId={contactId} onDone={onClose} />
    </Modal>
  )
}

function FindForm({ contactId, onDone }: { contactId: ContactId; onDone: () => void }) {
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), 200)
  const [customer, setCustomer] = useState('')
  const [reason, setReason] = useState('')
  const hits = useQuery({ ...hitsOf(q), enabled: q !== '', placeholderData: keepPreviousData })
  const link = useMutation({
    mutationFn: () => call(createBillingLink, { body: { contactId, customer, reason: reason.trim() } }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: keyOf(getContactBilling) })
      toast(t('link.made'))
      onDone()
    },
  })
  const missing = !customer ? t('link.find.choose') : !reason.trim() && t('link.find.needsReason')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!missing && !link.isPending) link.mutate()
  }
  const items = q === '' ? [] : hits.data?.items
  return (
    <form onSubmit={submit}>
      <TextInput
        label={t('link.find.search')}
        placeholder={t('link.find.placeholder')}
        leftSection={<IconSearch size={16} stroke={1.5} />}
        type="search"
        data-autofocus
        maxLength={100}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setCustomer('')
        }}
      />
      <div className={css.hits} aria-live="polite">
        {q === '' ? (
          <p className={css.none}>{t('link.find.hint')}</p>
        ) : hits.error ? (
          <FormError error={hits.error} />
        ) : !items ? (
          <SkeletonRows rows={3} />
        ) : items.length === 0 ? (
          <p className={css.none}>{t('link.find.none', { text: q })}</p>
        ) : (
          <Radio.Group value={customer} onChange={setCustomer} aria-label={t('link.find.results')}>
            {items.map(({ id, name, email }) => (
              <Radio.Card key={id} value={id} className={css.hit}>
                <Radio.Indicator size="xs" />
                <span className={css.who}>
                  <span className={css.name}>{name ?? email ?? id}</span>
                  <span className={css.more}>{[name && email, id].filter(Boolean).join(' · ')}</span>
                </span>
              </Radio.Card>
            ))}
          </Radio.Group>
        )}
      </div>
      <TextInput
        label={t('link.find.reason')}
        description={t('link.find.reasonHint')}
        maxLength={300}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className={css.error}>
        <FormError error={link.error} />
      </div>
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onDone}>
          {t('ui.cancel')}
        </Button>
        <DisabledReason reason={missing}>
          <Button type="submit" loading={link.isPending}>
            {t('link.find.link')}
          </Button>
        </DisabledReason>
      </Group>
    </form>
  )
}

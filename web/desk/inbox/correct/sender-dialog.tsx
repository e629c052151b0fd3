import { Button, Checkbox, Group, Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { relinkSender } from '#contract/corrections.ts'
import { listContacts } from '#contract/customers.ts'
import type { Ticket } from '#contract/inbox.ts'
import type { Id } from '#contract/ids.ts'
import { call, read } from '../../api.ts'
import '../../messages/rooms/correct.ts'
import { t } from '../../messages/translate.ts'
import { FormError } from '../../ui/form-error.tsx'
import { messagesQuery } from '../queries.ts'
import { CorrectDialog } from './correct-dialog.tsx'
import css from './correct.module.css'
import { setCorrecting } from './correcting.ts'
import { useCorrect } from './use-correct.ts'
import { WhatHappens } from './what-happens.tsx'

const address = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/** Says who really wrote: a contact, or an address that becomes one. */
export function SenderDialog({ ticket }: { ticket: Ticket }) {
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<{ value: string; label: string } | null>(null)
  const [future, setFuture] = useState(false)
  const [query] = useDebouncedValue(typed.trim(), 150)
  const contacts = useQuery({
    ...read(listContacts, { query: { q: query || '-', limit: 10 } }),
    enabled: query.length > 1 && query !== chosen?.label,
    placeholderData: keepPreviousData,
  })
  const messages = useInfiniteQuery(messagesQuery(ticket.id)).data ?? []
  const from = messages.find(({ author }) => author.id === ticket.requester.id)?.from?.email
  const found = (contacts.data?.items ?? [])
    .filter(({ id }) => id !== ticket.requester.id)
    .map(({ id, name, email }) => ({ value: String(id), label: email && email !== name ? `${name} <${email}>` : name }))
  const isNew = address.test(query) && !(contacts.data?.items ?? []).some(({ email }) => email === query.toLowerCase())
  const options = [
    ...found,
    ...(isNew ? [{ value: query.toLowerCase(), label: t('correct.sender.new', { email: query }) }] : []),
  ]
  const data = chosen && !options.some(({ value }) => value === chosen.value) ? [chosen, ...options] : options
  const correct = useCorrect((idempotencyKey) => {
    const value = chosen?.value ?? ''
    const who = value.startsWith('con_') ? { contactId: value as Id<'con'> } : { email: value }
    return call(relinkSender, { params: { id: ticket.id }, body: { ...who, futureMails: future } }, { idempotencyKey })
  })
  return (
    <CorrectDialog title={t('correct.sender')}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (chosen && !correct.isPending) correct.mutate()
        }}
      >
        <Select
          required
          searchable
          data-autofocus
          label={t('correct.sender.who')}
          placeholder={t('correct.sender.hint')}
          nothingFoundMessage={query.length > 1 ? t('correct.sender.nobody') : t('correct.sender.hint')}
          data={data}
          filter={({ options: all }) => all}
          searchValue={typed}
          onSearchChange={setTyped}
          value={chosen?.value ?? null}
          onChange={(value, option) => setChosen(value ? { value, label: option?.label ?? value } : null)}
        />
        {from && (
          <Checkbox
            label={t('correct.sender.future', { email: from })}
            description={t('correct.sender.futureHint')}
            checked={future}
            onChange={(event) => setFuture(event.currentTarget.checked)}
          />
        )}
        {chosen && (
          <WhatHappens>
            {[
              <li key="changes">
                {t('correct.sender.changes', { name: chosen.label, number: String(ticket.number) })}
              </li>,
            ]}
          </WhatHappens>
        )}
        {correct.error && <FormError error={correct.error} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={() => setCorrecting(null)}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" loading={correct.isPending} disabled={!chosen}>
            {t('correct.sender.action')}
          </Button>
        </Group>
      </form>
    </CorrectDialog>
  )
}

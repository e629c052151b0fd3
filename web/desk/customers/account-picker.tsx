import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Id } from '#contract/ids.ts'
import { t } from '../messages/translate.ts'
import { accountsQuery } from './queries.ts'

type Props = {
  value: Id<'acc'> | null
  /** The name of `value`, which may not be among what is found. */
  name: string
  error: string | undefined
  onChange: (accountId: Id<'acc'> | null) => void
}

/** One company out of any number: what is typed is searched for on the server. */
export function AccountPicker({ value, name, error, onChange }: Props) {
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState({ id: value, name })
  const [q] = useDebouncedValue(typed === chosen.name ? '' : typed.trim(), 200)
  const accounts = useInfiniteQuery({ ...accountsQuery(q), placeholderData: keepPreviousData })
  const found = accounts.data ?? []
  const known = value && !found.some(({ id }) => id === value) ? [{ id: value, name: chosen.name }] : []
  return (
    <Select
      label={t('contact.account')}
      placeholder={t('customers.contact.noAccount')}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('customers.contact.noAccount') }}
      error={error}
      data={[...known, ...found].map((account) => ({ value: account.id as string, label: account.name }))}
      searchValue={typed}
      onSearchChange={setTyped}
      value={value}
      onChange={(id) => {
        const account = [...known, ...found].find((one) => one.id === id)
        setChosen({ id: account?.id ?? null, name: account?.name ?? '' })
        onChange(account?.id ?? null)
      }}
    />
  )
}

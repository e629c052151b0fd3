import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { listTickets, type TicketRow } from '#contract/inbox.ts'
import type { Id } from '#contract/ids.ts'
import { search } from '#contract/search.ts'
import { read } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import css from './correct.module.css'

type Props = {
  /** The ticket it is about, which is no choice. */
  besides: TicketRow
  chosen: TicketRow | null
  onChoose: (ticket: TicketRow | null) => void
}

/** Finds a ticket by number, subject or customer; offers the customer's other tickets before anything is typed. */
export function TicketPicker({ besides, chosen, onChoose }: Props) {
  const [typed, setTyped] = useState('')
  const [query] = useDebouncedValue(typed.trim(), 150)
  const label = (row: TicketRow) => `#${row.number} ${row.subject}`
  const looking = query.length > 0 && (!chosen || query !== label(chosen))
  const hits = useQuery({
    ...read(search, { query: { q: query || '-', limit: 20 } }),
    enabled: looking,
    placeholderData: keepPreviousData,
  })
  const theirs = useQuery(read(listTickets, { query: { requesterId: besides.requester.id, limit: 10 } }, ['tickets']))
  const found = looking ? (hits.data?.items.map(({ ticket }) => ticket) ?? []) : (theirs.data?.items ?? [])
  const rows = [...new Map([...(chosen ? [chosen] : []), ...found].map((row) => [row.id, row])).values()].filter(
    ({ id, status }) => id !== besides.id && status !== 'closed',
  )
  return (
    <Select
      required
      searchable
      data-autofocus
      label={t('correct.pick')}
      placeholder={t('correct.pickHint')}
      nothingFoundMessage={looking ? t('correct.pickNothing') : t('correct.pickStart')}
      data={rows.map((row) => ({ value: row.id, label: label(row) }))}
      filter={({ options }) => options}
      searchValue={typed}
      onSearchChange={setTyped}
      value={chosen?.id ?? null}
      onChange={(id) => onChoose(rows.find((row) => row.id === (id as Id<'tkt'> | null)) ?? null)}
      renderOption={({ option }) => {
        const row = rows.find(({ id }) => id === option.value)
        return (
          <span className={css.option}>
            <span>{option.label}</span>
            {row && (
              <span className={css.optionHint}>
                {' '}
                {row.requester.name} · {t(`status.${row.status}`)}
              </span>
            )}
          </span>
        )
      }}
    />
  )
}

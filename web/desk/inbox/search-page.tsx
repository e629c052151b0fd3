import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Fragment, useState } from 'react'
import { search } from '#contract/search.ts'
import { read } from '../api.ts'
import { PageTitle } from '../frame/page-title.tsx'
import { t } from '../messages/translate.ts'
import { useGo, useSearchText } from '../page-params.ts'
import { paths } from '../paths.ts'
import { queryClient } from '../query-client.ts'
import type { LoaderInput } from '../routes.tsx'
import { Avatar } from '../ui/avatar.tsx'
import { Card } from '../ui/card.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { ListRow } from '../ui/list-row.tsx'
import { PageLayout } from '../ui/page-layout.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { SkeletonRows } from '../ui/skeleton-rows.tsx'
import css from './search-page.module.css'
import { StatusMark } from './ticket/status-mark.tsx'

const hitsOf = (q: string) => read(search, { query: { q, limit: 50 } }, ['tickets'])

export function loader({ search: { q } }: LoaderInput) {
  if (q) void queryClient.prefetchQuery(hitsOf(q))
}

/** Tickets by words, number, requester, address or Message-ID. */
export function Page() {
  const [q, setQ] = useSearchText('q')
  const [typed, setTyped] = useState(q)
  const go = useGo()
  const hits = useQuery({ ...hitsOf(q), enabled: q !== '', placeholderData: keepPreviousData })
  const settle = useDebouncedCallback((text: string) => setQ(text.trim()), 200)
  const change = (text: string): void => {
    setTyped(text)
    settle(text)
  }
  return (
    <PageLayout title={t('search.title')} width="reading">
      <PageTitle of={q ? t('search.of', { text: q }) : t('search.title')} />
      <TextInput
        size="md"
        mb="lg"
        type="search"
        aria-label={t('search.title')}
        placeholder={t('search.placeholder')}
        leftSection={<IconSearch size={18} stroke={1.5} />}
        autoFocus
        maxLength={200}
        value={typed}
        onChange={(event) => change(event.currentTarget.value)}
        onKeyDown={(event) => {
          const first = hits.data?.items[0]?.ticket
          if (event.key === 'Escape') event.currentTarget.blur()
          if (event.key === 'Enter' && typed.trim() === q && first) go(paths.ticket(first.id))
        }}
      />
      {hits.error ? (
        <ErrorState error={hits.error} onRetry={() => void hits.refetch()} />
      ) : q === '' ? (
        <EmptyState icon={IconSearch} title={t('search.start.title')} hint={t('search.start.hint')} />
      ) : !hits.data ? (
        <SkeletonRows lines={2} height={76} />
      ) : hits.data.items.length === 0 ? (
        <EmptyState icon={IconSearch} title={t('search.none.title', { text: q })} hint={t('search.none.hint')} />
      ) : (
        <Card flush>
          {hits.data.items.map(({ ticket, snippet }) => (
            <ListRow
              key={ticket.id}
              href={paths.ticket(ticket.id)}
              leading={<Avatar name={ticket.requester.name} seed={ticket.requester.id} />}
              title={ticket.subject}
              strong
              aside={
                <>
                  <StatusMark status={ticket.status} quiet /> #{ticket.number} <RelativeTime at={ticket.updatedAt} />
                </>
              }
              lines={[ticket.requester.name, <Marked key="snippet" text={snippet} />]}
            />
          ))}
        </Card>
      )}
    </PageLayout>
  )
}

/** The server puts matched words between « and ». */
function Marked({ text }: { text: string }) {
  return text.split(/(«[^»]*»)/).map((part, index) => {
    const key = `${index}${part}`
    return part.startsWith('«') ? (
      <mark key={key} className={css.mark}>
        {part.slice(1, -1)}
      </mark>
    ) : (
      <Fragment key={key}>{part}</Fragment>
    )
  })
}

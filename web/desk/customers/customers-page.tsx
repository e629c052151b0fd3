import '../messages/rooms/customers.ts'
import { IconUsers } from '@tabler/icons-react'
import { PageTitle } from '../frame/page-title.tsx'
import { t } from '../messages/translate.ts'
import { useGo, usePageParams, useSearchText } from '../page-params.ts'
import { paths } from '../paths.ts'
import { queryClient } from '../query-client.ts'
import type { LoaderInput } from '../routes.tsx'
import { useShortcut } from '../shortcuts.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { Panes } from '../ui/panes.tsx'
import { AccountPane } from './account-pane.tsx'
import { ContactPane } from './contact-pane.tsx'
import { CustomersList } from './customers-list.tsx'
import { accountQuery, accountsQuery, contactQuery, contactsQuery } from './queries.ts'

export function loader({ params: { kind, customerId }, search: { q = '' } }: LoaderInput) {
  const isAccounts = kind === 'accounts'
  if (isAccounts) void queryClient.prefetchInfiniteQuery(accountsQuery(q))
  else void queryClient.prefetchInfiniteQuery(contactsQuery(q))
  if (!customerId) return
  if (isAccounts) void queryClient.prefetchQuery(accountQuery(customerId))
  else void queryClient.prefetchQuery(contactQuery(customerId))
}

/** People and companies: a list to search, and who the chosen one is. */
export function Page() {
  const { kind: named, customerId } = usePageParams()
  const [q] = useSearchText('q')
  const go = useGo()
  const kind = named === 'accounts' ? 'accounts' : 'contacts'
  const back = paths[kind](q)
  useShortcut(
    customerId !== undefined && { keys: 'Escape', label: t('pane.backToList'), run: () => go(back), hidden: true },
  )
  return (
    <>
      {!customerId && <PageTitle of={t(`customers.${kind}`)} />}
      <Panes
        name="customers"
        showing={customerId ? 'main' : 'list'}
        list={<CustomersList key={kind} kind={kind} q={q} activeId={customerId} />}
        main={
          !customerId ? (
            <EmptyState icon={IconUsers} title={t('customers.pick.title')} hint={t('customers.pick.hint')} />
          ) : kind === 'accounts' ? (
            <AccountPane key={customerId} id={customerId} back={back} />
          ) : (
            <ContactPane key={customerId} id={customerId} back={back} />
          )
        }
      />
    </>
  )
}

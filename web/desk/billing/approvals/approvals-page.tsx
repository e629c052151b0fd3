import '../../messages/rooms/billing.ts'
import { PageTitle } from '../../frame/page-title.tsx'
import { t } from '../../messages/translate.ts'
import { usePageParams, useSearchText } from '../../page-params.ts'
import type { ApprovalShelf } from '../../paths.ts'
import { queryClient } from '../../query-client.ts'
import type { LoaderInput } from '../../routes.tsx'
import { Panes } from '../../ui/panes.tsx'
import { BillingViews } from '../billing-views.tsx'
import { approvalsQuery } from '../queries.ts'
import { ApprovalPane } from './approval-pane.tsx'
import { ApprovalsList } from './approvals-list.tsx'

const shelves: readonly string[] = ['approved', 'rejected', 'expired'] satisfies ApprovalShelf[]

export function loader({ search }: LoaderInput) {
  void queryClient.prefetchInfiniteQuery(approvalsQuery(shelfOf(search['state'] ?? '') ?? 'open'))
}

/** What waits for a second pair of eyes, and what became of the rest. */
export function Page() {
  const { approvalId } = usePageParams()
  const [text] = useSearchText('state')
  const shelf = shelfOf(text)
  return (
    <>
      <PageTitle of={t('approvals.title')} />
      <Panes
        name="billing"
        showing={approvalId ? 'main' : 'list'}
        views={<BillingViews current={`approvals.${shelf ?? 'open'}`} />}
        list={<ApprovalsList shelf={shelf} approvalId={approvalId} />}
        main={<ApprovalPane key={approvalId} approvalId={approvalId} shelf={shelf} />}
      />
    </>
  )
}

function shelfOf(text: string): ApprovalShelf | undefined {
  return shelves.includes(text) ? (text as ApprovalShelf) : undefined
}

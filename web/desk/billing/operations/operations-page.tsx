import '../../messages/rooms/billing.ts'
import { IconListDetails } from '@tabler/icons-react'
import type { Id } from '#contract/ids.ts'
import { PageTitle } from '../../frame/page-title.tsx'
import { t } from '../../messages/translate.ts'
import { usePageParams, useSearchText } from '../../page-params.ts'
import { type OperationShelf, paths } from '../../paths.ts'
import { queryClient } from '../../query-client.ts'
import type { LoaderInput } from '../../routes.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { BackToList } from '../../ui/folded-panes.tsx'
import { Pane } from '../../ui/pane.tsx'
import { usePanes } from '../../ui/panes-context.ts'
import { Panes } from '../../ui/panes.tsx'
import { BillingViews } from '../billing-views.tsx'
import { operationsQuery } from '../queries.ts'
import { LiveOperation } from './live-operation.tsx'
import css from './operations-page.module.css'
import { OperationsList } from './operations-list.tsx'

const shelves: readonly string[] = ['unknown', 'failed', 'done'] satisfies OperationShelf[]

export function loader({ search }: LoaderInput) {
  void queryClient.prefetchInfiniteQuery(operationsQuery(shelfOf(search['state'] ?? '')))
}

/** Everything that was set going at Stripe and the product, and what became of it. */
export function Page() {
  const { operationId } = usePageParams()
  const [text] = useSearchText('state')
  const shelf = shelfOf(text)
  return (
    <>
      <PageTitle of={t('operations.title')} />
      <Panes
        name="billing"
        showing={operationId ? 'main' : 'list'}
        views={<BillingViews current={`operations.${shelf ?? 'all'}`} />}
        list={<OperationsList shelf={shelf} operationId={operationId} />}
        main={
          operationId ? (
            <Pane
              label={t('operations.one')}
              header={
                <>
                  <BackToList href={paths.operations(shelf)} />
                  <OperationTitle />
                </>
              }
            >
              <div className={css.column}>
                <LiveOperation key={operationId} id={operationId as Id<'op'>} />
              </div>
            </Pane>
          ) : (
            <Pane label={t('operations.one')}>
              <EmptyState icon={IconListDetails} title={t('operations.pick')} hint={t('approvals.pickHint')} />
            </Pane>
          )
        }
      />
    </>
  )
}

/** Where the list is not beside it, its title is not there to be the page's heading. */
function OperationTitle() {
  const { both } = usePanes()
  return (
    <>
      {!both && <h1 className="sr-only">{t('operations.title')}</h1>}
      <h2>{t('operations.one')}</h2>
    </>
  )
}

function shelfOf(text: string): OperationShelf | undefined {
  return shelves.includes(text) ? (text as OperationShelf) : undefined
}

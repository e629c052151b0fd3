import { IconListDetails } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { Operation } from '#contract/billing.ts'
import { t } from '../../messages/translate.ts'
import { type OperationShelf, paths } from '../../paths.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FoldedViews } from '../../ui/folded-panes.tsx'
import { KeysetList } from '../../ui/keyset-list.tsx'
import { ListRow } from '../../ui/list-row.tsx'
import { Pane } from '../../ui/pane.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { SkeletonRows } from '../../ui/skeleton-rows.tsx'
import { operationsQuery } from '../queries.ts'
import { useMoves } from '../use-moves.ts'
import { OperationBadge } from './operation-badge.tsx'
import { operationTitle } from './operation-look.ts'

type Props = { shelf: OperationShelf | undefined; operationId: string | undefined }

/** Operations, newest first; in the list of all, those nobody can know about stand on top. */
export function OperationsList({ shelf, operationId }: Props) {
  const operations = useInfiniteQuery(operationsQuery(shelf))
  const unknown = useInfiniteQuery({ ...operationsQuery('unknown'), enabled: !shelf })
  const items = shelf ? operations.data : withFirst(unknown.data, operations.data)
  useMoves(
    (items ?? []).map(({ id }) => id),
    operationId,
    (id) => paths.operation(id, shelf),
  )
  const title = t(`billingView.operations.${shelf ?? 'all'}`)
  return (
    <Pane
      label={t('operations.list')}
      scroll={false}
      header={
        <span className="truncate" style={{ flex: 1 }}>
          <FoldedViews title={title} />
        </span>
      }
    >
      {items && items.length > 0 ? (
        <KeysetList
          key={shelf ?? 'all'}
          label={title}
          items={items}
          keyOf={({ id }) => id}
          estimate={58}
          activeKey={operationId ?? null}
          paging={operations}
          render={(operation) => (
            <ListRow
              href={paths.operation(operation.id, shelf)}
              active={operation.id === operationId}
              strong={operation.state === 'unknown'}
              title={<span className="num">{operationTitle(operation)}</span>}
              aside={
                <>
                  <OperationBadge operation={operation} quiet /> <RelativeTime at={operation.createdAt} />
                </>
              }
              lines={[operation.sentence]}
            />
          )}
        />
      ) : operations.error ? (
        <ErrorState error={operations.error} onRetry={() => void operations.refetch()} />
      ) : items ? (
        <EmptyState
          icon={IconListDetails}
          title={t(`operations.empty.${shelf ?? 'all'}`)}
          hint={t('operations.emptyHint')}
        />
      ) : (
        <SkeletonRows lines={2} height={58} />
      )}
    </Pane>
  )
}

function withFirst(first: Operation[] = [], rest: Operation[] | undefined): Operation[] | undefined {
  if (!rest) return undefined
  const ids = new Set(first.map(({ id }) => id))
  return [...first, ...rest.filter(({ id }) => !ids.has(id))]
}

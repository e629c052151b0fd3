import { IconChecks, IconHistory } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { Approval } from '#contract/billing.ts'
import { t } from '../../messages/translate.ts'
import { type ApprovalShelf, paths } from '../../paths.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FoldedViews } from '../../ui/folded-panes.tsx'
import { KeysetList } from '../../ui/keyset-list.tsx'
import { ListRow } from '../../ui/list-row.tsx'
import { Pane } from '../../ui/pane.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { SkeletonRows } from '../../ui/skeleton-rows.tsx'
import { operationTitle } from '../operations/operation-look.ts'
import { approvalsQuery } from '../queries.ts'
import { useMoves } from '../use-moves.ts'

type Props = { shelf: ApprovalShelf | undefined; approvalId: string | undefined }

/** Approvals of one state, newest first; j and k move through them. */
export function ApprovalsList({ shelf, approvalId }: Props) {
  const state = shelf ?? 'open'
  const approvals = useInfiniteQuery(approvalsQuery(state))
  const items = approvals.data ?? []
  useMoves(
    items.map(({ id }) => id),
    approvalId,
    (id) => paths.approval(id, shelf),
  )
  const title = t(`billingView.approvals.${state}`)
  return (
    <Pane
      label={t('approvals.list')}
      scroll={false}
      header={
        <span className="truncate" style={{ flex: 1 }}>
          <FoldedViews title={title} />
        </span>
      }
    >
      {items.length > 0 ? (
        <KeysetList
          key={state}
          label={title}
          items={items}
          keyOf={({ id }) => id}
          estimate={78}
          activeKey={approvalId ?? null}
          paging={approvals}
          render={(approval) => <Row approval={approval} shelf={shelf} active={approval.id === approvalId} />}
        />
      ) : approvals.error ? (
        <ErrorState error={approvals.error} onRetry={() => void approvals.refetch()} />
      ) : approvals.data ? (
        <EmptyState
          icon={shelf ? IconHistory : IconChecks}
          title={t(`approvals.empty.${state}`)}
          hint={t(shelf ? 'approvals.emptyHint.decided' : 'approvals.emptyHint.open')}
        />
      ) : (
        <SkeletonRows lines={3} height={78} />
      )}
    </Pane>
  )
}

function Row({ approval, shelf, active }: { approval: Approval; shelf: ApprovalShelf | undefined; active: boolean }) {
  const { id, operation, contact, requestedBy, because, createdAt, ticketNumber, mayDecide, state } = approval
  return (
    <ListRow
      href={paths.approval(id, shelf)}
      active={active}
      strong={state === 'open' && mayDecide}
      title={<span className="num">{operationTitle(operation)}</span>}
      aside={<RelativeTime at={createdAt} />}
      lines={[
        [contact?.name, ticketNumber !== null && `#${ticketNumber}`].filter(Boolean).join(' · ') ||
          t('approvals.noContact'),
        t('approvals.asked', { name: requestedBy.name, because }),
      ]}
    />
  )
}

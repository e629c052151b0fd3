import { IconChecks } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { Id } from '#contract/ids.ts'
import { ApiError } from '../../api-error.ts'
import { t } from '../../messages/translate.ts'
import { type ApprovalShelf, paths } from '../../paths.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { BackToList } from '../../ui/folded-panes.tsx'
import { Pane } from '../../ui/pane.tsx'
import { SkeletonRows } from '../../ui/skeleton-rows.tsx'
import { approvalQuery, approvalsQuery } from '../queries.ts'
import { ApprovalDetail } from './approval-detail.tsx'
import { ApprovalHeader } from './approval-header.tsx'

type Props = { approvalId: string | undefined; shelf: ApprovalShelf | undefined }

/** The approval the address names, or where to begin. */
export function ApprovalPane({ approvalId, shelf }: Props) {
  if (approvalId) return <OneApproval approvalId={approvalId} shelf={shelf} />
  return (
    <Pane label={t('approvals.one')}>
      <EmptyState icon={IconChecks} title={t('approvals.pick')} hint={t('approvals.pickHint')} />
    </Pane>
  )
}

function OneApproval({ approvalId, shelf }: { approvalId: string; shelf: ApprovalShelf | undefined }) {
  const beside = useInfiniteQuery({ ...approvalsQuery(shelf ?? 'open'), enabled: false })
  const approval = useQuery({
    ...approvalQuery(approvalId as Id<'apr'>),
    placeholderData: () => beside.data?.find(({ id }) => id === approvalId),
  })
  const back = paths.approvals(shelf)
  if (approval.data)
    return (
      <Pane label={t('approvals.one')} header={<ApprovalHeader approval={approval.data} back={back} />}>
        <ApprovalDetail approval={approval.data} />
      </Pane>
    )
  const gone = approval.error instanceof ApiError && ['not_found', 'invalid_request'].includes(approval.error.code)
  return (
    <Pane label={t('approvals.one')} header={<BackToList href={back} />}>
      {gone ? (
        <EmptyState icon={IconChecks} title={t('approvals.gone')} hint={t('approvals.goneHint')} />
      ) : approval.error ? (
        <ErrorState error={approval.error} onRetry={() => void approval.refetch()} />
      ) : (
        <SkeletonRows rows={6} lines={2} height={64} />
      )}
    </Pane>
  )
}

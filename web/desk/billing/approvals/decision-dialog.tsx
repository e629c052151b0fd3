import { Button, Group, Modal, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import {
  type Approval,
  approve,
  getApproval,
  getContactBilling,
  getRefund,
  listApprovals,
  listOperations,
  reject,
} from '#contract/billing.ts'
import { call, keyOf } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import { queryClient } from '../../query-client.ts'
import { DisabledReason } from '../../ui/disabled-reason.tsx'
import { FormError } from '../../ui/form-error.tsx'
import { toast } from '../../ui/toast.tsx'
import { useCloseByEscape } from '../../ui/use-close-by-escape.ts'
import { operationTitle } from '../operations/operation-look.ts'
import { approvalQuery } from '../queries.ts'

export type Decision = 'approve' | 'reject'
type Props = { approval: Approval; deciding: Decision | null; onClose: () => void }

const words = {
  refund: {
    approve: { title: 'approvals.approve.title', what: 'approvals.approve.what' },
    reject: { title: 'approvals.reject.title', what: 'approvals.reject.what' },
  },
  balance_credit: {
    approve: { title: 'approvals.approve.credit', what: 'approvals.approve.credit.what' },
    reject: { title: 'approvals.reject.credit', what: 'approvals.reject.product.what' },
  },
  subscription_cancellation: {
    approve: { title: 'approvals.approve.cancellation', what: 'approvals.approve.cancellation.what' },
    reject: { title: 'approvals.reject.cancellation', what: 'approvals.reject.product.what' },
  },
  product_action: {
    approve: { title: 'approvals.approve.product', what: 'approvals.approve.product.what' },
    reject: { title: 'approvals.reject.product', what: 'approvals.reject.product.what' },
  },
} as const

/** Asks once more, with the amount on the button and room for the reason; a rejection needs one. */
export function DecisionDialog({ approval, deciding, onClose }: Props) {
  const onKeyDown = useCloseByEscape(deciding !== null, onClose)
  const [last, setLast] = useState<Decision>('approve')
  if (deciding && deciding !== last) setLast(deciding)
  return (
    <Modal
      opened={deciding !== null}
      onClose={onClose}
      title={t(words[approval.operation.kind][last].title)}
      size="md"
      closeOnEscape={false}
      onKeyDown={onKeyDown}
    >
      <DecisionForm key={last} approval={approval} decision={last} onClose={onClose} />
    </Modal>
  )
}

function DecisionForm({
  approval,
  decision,
  onClose,
}: {
  approval: Approval
  decision: Decision
  onClose: () => void
}) {
  const [reason, setReason] = useState('')
  const deciding = useMutation({
    mutationFn: () =>
      call(decision === 'approve' ? approve : reject, {
        params: { id: approval.id },
        body: reason.trim() ? { reason: reason.trim() } : {},
      }),
    onSuccess: (decided) => {
      queryClient.setQueryData(approvalQuery(approval.id).queryKey, decided)
      toast(t(`approvals.${decision}.done`))
      onClose()
    },
    onSettled: () => {
      for (const endpoint of [getApproval, listApprovals, listOperations, getRefund, getContactBilling])
        void queryClient.invalidateQueries({ queryKey: keyOf(endpoint) })
    },
  })
  const amount = operationTitle(approval.operation)
  const missing = decision === 'reject' && !reason.trim() && t('approvals.reject.needsReason')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!missing && !deciding.isPending) deciding.mutate()
  }
  return (
    <form onSubmit={submit}>
      <p style={{ margin: '0 0 12px' }}>
        {t(words[approval.operation.kind][decision].what, {
          amount,
          contact: approval.contact?.name ?? t('approvals.noContact'),
          name: approval.requestedBy.name,
        })}
      </p>
      <Textarea
        label={t(decision === 'reject' ? 'approvals.reason' : 'approvals.reasonOptional')}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={1000}
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event)
        }}
      />
      <div style={{ margin: '12px 0' }}>
        <FormError error={deciding.error} />
      </div>
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          {t('ui.cancel')}
        </Button>
        <DisabledReason reason={missing}>
          <Button type="submit" color={decision === 'reject' ? 'red' : undefined} loading={deciding.isPending}>
            {t(`approvals.${decision}.button`, { amount })}
          </Button>
        </DisabledReason>
      </Group>
    </form>
  )
}

import { Button } from '@mantine/core'
import { IconArrowBarToDown, IconRefresh } from '@tabler/icons-react'
import type { Operation } from '#contract/billing.ts'
import { t } from '../../messages/translate.ts'
import { paths } from '../../paths.ts'
import { useMay } from '../../session.ts'
import { useAccountLabel } from '../../stripe-accounts.ts'
import { CopyText } from '../../ui/copy-text.tsx'
import { DisabledReason } from '../../ui/disabled-reason.tsx'
import { type Fact, FactsList } from '../../ui/facts-list.tsx'
import { Link } from '../../ui/link.tsx'
import { MoneyText } from '../../ui/money-text.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { SheetPart } from '../../ui/sheet.tsx'
import { AttemptsList } from './attempts-list.tsx'
import { OperationBadge } from './operation-badge.tsx'
import { operationTitle } from './operation-look.ts'
import { OperationSteps } from './operation-steps.tsx'
import css from './operation-view.module.css'
import { useOperationAction } from './use-operation-action.ts'

type Props = { operation: Operation; onInsert?: ((text: string) => void) | undefined }

/** One operation as it stands: how far it is, its receipt, what was tried, and the answer drafted for the customer. */
export function OperationView({ operation, onInsert }: Props) {
  const { state, money, sentence, replyDraft, attempts } = operation
  const troubled = state === 'unknown' || state === 'failed'
  return (
    <>
      <SheetPart
        title={
          <span className={css.amount}>
            {money ? <MoneyText money={money} strong /> : operationTitle(operation)}{' '}
            <OperationBadge operation={operation} />
          </span>
        }
      >
        <p className={css.sentence} data-troubled={troubled || undefined} role="status">
          {sentence}
        </p>
        <OperationSteps operation={operation} />
        <Actions operation={operation} />
      </SheetPart>
      {replyDraft && (
        <SheetPart title={t('operation.reply')}>
          <div className={`${css.draft} reading`}>{replyDraft}</div>
          <div className={css.tools}>
            {onInsert && (
              <Button
                leftSection={<IconArrowBarToDown size={16} stroke={1.75} aria-hidden />}
                onClick={() => onInsert(replyDraft)}
              >
                {t('billing.insert')}
              </Button>
            )}
            <CopyText text={replyDraft} label={t('operation.copyReply')} />
          </div>
        </SheetPart>
      )}
      <SheetPart title={t(state === 'done' ? 'operation.receipt' : 'operation.details')}>
        <Receipt operation={operation} withTicket={!onInsert} />
      </SheetPart>
      {attempts.length > 0 && (
        <SheetPart title={t('operation.attempts', { count: attempts.length })}>
          <AttemptsList attempts={attempts} />
        </SheetPart>
      )}
    </>
  )
}

function Receipt({ operation, withTicket }: { operation: Operation; withTicket: boolean }) {
  const { target, result, product, cause, note, ticketId, approvalId, requestedBy, createdAt, id } = operation
  const { charge, customer, subscription } = target
  const { effectId } = result
  const account = useAccountLabel(operation.account)
  const coded = (label: string, text: string | null): Fact | null =>
    text === null
      ? null
      : {
          label,
          value: (
            <span className={css.code}>
              <span className="truncate">{text}</span>{' '}
              <CopyText text={text} label={t('operation.copyId', { what: label })} />
            </span>
          ),
        }
  return (
    <FactsList
      facts={[
        account !== undefined && operation.account !== null && { label: t('operation.account'), value: account },
        coded(t('operation.refundId'), result.refundId),
        coded(t('operation.creditNoteId'), result.creditNoteId),
        coded(t('operation.charge'), charge),
        coded(t('operation.invoice'), target.invoice),
        charge === null && coded(t('operation.customer'), customer),
        charge === null && coded(t('operation.subscription'), subscription),
        product !== null && coded(t('product.key'), product.key),
        product === null && effectId !== subscription && coded(t('operation.effect'), effectId),
        coded(t('operation.id'), id),
        cause !== null && { label: t('refund.cause'), value: t(`cause.${cause}`) },
        note !== null && { label: t('refund.note'), value: note },
        requestedBy !== null && { label: t('operation.requestedBy'), value: requestedBy },
        { label: t('operation.requestedAt'), value: <RelativeTime at={createdAt} /> },
        approvalId !== null && {
          label: t('operation.approval'),
          value: (
            <Link href={paths.approval(approvalId)} className={css.link}>
              {t('operation.openApproval')}
            </Link>
          ),
        },
        withTicket &&
          ticketId !== null && {
            label: t('operation.ticket'),
            value: (
              <Link href={paths.ticket(ticketId)} className={css.link}>
                {t('operation.openTicket')}
              </Link>
            ),
          },
      ]}
    />
  )
}

function Actions({ operation }: { operation: Operation }) {
  const { mutate, isPending } = useOperationAction(operation.id)
  const reason = useMay('billing.propose') ? null : t('billing.mayNotPropose')
  const { state } = operation
  if (state === 'unknown')
    return (
      <div className={css.tools}>
        <DisabledReason reason={reason}>
          <Button
            leftSection={<IconRefresh size={16} stroke={1.75} aria-hidden />}
            loading={isPending}
            onClick={() => mutate('recheck')}
          >
            {t('operation.recheck')}
          </Button>
        </DisabledReason>
      </div>
    )
  if (state === 'draft' || state === 'awaiting_approval' || state === 'queued')
    return (
      <div className={css.tools}>
        <DisabledReason reason={reason}>
          <Button variant="default" loading={isPending} onClick={() => mutate('cancel')}>
            {t('operation.cancel')}
          </Button>
        </DisabledReason>
      </div>
    )
  return null
}

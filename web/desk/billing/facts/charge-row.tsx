import { IconAlertTriangle, IconArrowBackUp, IconCircleX, IconHourglass } from '@tabler/icons-react'
import type { ChargeView } from '#contract/billing.ts'
import { formatMoney } from '#contract/money-text.ts'
import { t } from '../../messages/translate.ts'
import { useMay } from '../../session.ts'
import { DisabledReason } from '../../ui/disabled-reason.tsx'
import { MoneyText } from '../../ui/money-text.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { useBillingOverlay } from '../overlay.ts'
import css from './charge-row.module.css'
import { disputeLook, refundLook } from './looks.ts'
import { RowAction } from './row-action.tsx'

type Props = {
  charge: ChargeView
  /** Whose it is, where several customers are linked. */
  owner: string | null
}

/** One charge: when, to what, how much; then what came back, what the bank disputes or why it failed. */
export function ChargeRow({ charge, owner }: Props) {
  const { open } = useBillingOverlay()
  const { id, status, money, card, description, invoiceNumber, refunds, dispute, failure } = charge
  const what = [owner, description ?? (invoiceNumber ? t('billing.invoiceNo', { number: invoiceNumber }) : null)]
  const name = formatMoney(money)
  return (
    <li className={css.row} data-charge={id}>
      <div className={css.line}>
        <span className={css.when}>
          <RelativeTime at={charge.createdAt} />
        </span>
        <span className={css.card}>{card ?? t('billing.noCard')}</span>
        <span className={css.amount} data-failed={status === 'failed' || undefined}>
          <MoneyText money={money} strong />
        </span>
      </div>
      <div className={css.line}>
        <span className={css.what}>{what.filter(Boolean).join(' · ')}</span>
        {status === 'succeeded' && (
          <>
            <RowAction
              label={t('billing.whyOf', { amount: name })}
              onClick={() => open({ kind: 'explain', subject: id })}
            >
              {t('billing.why')}
            </RowAction>
            <RefundAction charge={charge} />
          </>
        )}
      </div>
      {status === 'pending' && (
        <StatusBadge tone="third" quiet icon={IconHourglass}>
          {t('billing.pending')}
        </StatusBadge>
      )}
      {status === 'failed' && (
        <p className={css.event} data-tone="danger">
          <IconCircleX size={14} stroke={1.75} aria-hidden />
          {failure ? t('billing.failedBecause', { reason: failure }) : t('billing.failed')}
        </p>
      )}
      {refunds.map((refund) => {
        const { tone, label } = refundLook(refund.status)
        return (
          <p key={refund.id} className={css.event} data-tone={tone}>
            <IconArrowBackUp size={14} stroke={1.75} aria-hidden />
            <span className={css.eventWords}>
              {label} <RelativeTime at={refund.createdAt} />
            </span>
            <MoneyText money={refund.money} />
          </p>
        )
      })}
      {dispute && (
        <p className={css.event} data-tone={disputeLook(dispute.status).tone}>
          <IconAlertTriangle size={14} stroke={1.75} aria-hidden />
          <span className={css.eventWords}>
            {t('billing.disputed', {
              reason: dispute.reason.replaceAll('_', ' '),
              state: disputeLook(dispute.status).label,
            })}
          </span>
          <MoneyText money={dispute.money} />
        </p>
      )}
    </li>
  )
}

function RefundAction({ charge }: { charge: ChargeView }) {
  const { open } = useBillingOverlay()
  const mayPropose = useMay('billing.propose')
  const reason = !mayPropose
    ? t('billing.mayNotPropose')
    : charge.refunded.amount >= charge.money.amount && t('billing.nothingLeft')
  return (
    <DisabledReason reason={reason}>
      <RowAction
        label={t('billing.refundOf', { amount: formatMoney(charge.money) })}
        onClick={() => open({ kind: 'refund', charge: charge.id })}
      >
        {t('billing.refund')}
      </RowAction>
    </DisabledReason>
  )
}

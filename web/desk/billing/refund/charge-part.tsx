import { Select } from '@mantine/core'
import type { ChargeView } from '#contract/billing.ts'
import { formatMoney } from '#contract/money-text.ts'
import { useNow } from '../../clock.ts'
import { t } from '../../messages/translate.ts'
import { dateOf } from '../../ui/time-words.ts'
import css from './charge-part.module.css'

type Props = {
  charges: readonly ChargeView[]
  chargeId: string
  onChoose: (chargeId: string) => void
}

/** Which charge the money goes back from; another of the same customer can be chosen here. */
export function ChargePart({ charges, chargeId, onChoose }: Props) {
  const now = useNow(60_000)
  const paid = charges.filter(({ status }) => status === 'succeeded')
  const chosen = paid.find(({ id }) => id === chargeId)
  const headline = ({ createdAt, money, card }: ChargeView): string =>
    [formatMoney(money), dateOf(Date.parse(createdAt), now), card].filter(Boolean).join(' · ')
  const details = chosen && [
    chosen.description,
    chosen.invoiceNumber && t('billing.invoiceNo', { number: chosen.invoiceNumber }),
    chosen.refunded.amount > 0 && t('refund.charge.refunded', { amount: formatMoney(chosen.refunded) }),
  ]
  return (
    <>
      {paid.length > 1 && chosen ? (
        <Select
          aria-label={t('refund.charge')}
          value={chargeId}
          data={paid.map((charge) => ({ value: charge.id, label: headline(charge) }))}
          allowDeselect={false}
          onChange={(value) => value && onChoose(value)}
          comboboxProps={{ shadow: 'md' }}
        />
      ) : (
        <p className={css.headline}>{chosen ? headline(chosen) : chargeId}</p>
      )}
      {details && <p className={css.details}>{details.filter(Boolean).join(' · ')}</p>}
    </>
  )
}

import { formatMoney } from '#contract/money-text.ts'
import type { Money } from '#contract/money.ts'
import { t } from '../messages/translate.ts'
import css from './money-text.module.css'

type Props = {
  money: Money
  /** The same amount in the account's currency, shown muted beside a foreign one. */
  about?: Money | null
  strong?: boolean
}

/** An amount with its currency in tabular figures; never broken over lines. */
export function MoneyText({ money, about, strong }: Props) {
  return (
    <span className={css.money} data-strong={strong || undefined}>
      {formatMoney(money)}
      {about && about.currency !== money.currency && (
        <span className={css.about}>{t('ui.about', { amount: formatMoney(about) })}</span>
      )}
    </span>
  )
}

import { TextInput, UnstyledButton } from '@mantine/core'
import type { RefundPreview } from '#contract/billing.ts'
import { decimalText, formatMoney } from '#contract/money-text.ts'
import type { Money } from '#contract/money.ts'
import { t } from '../../messages/translate.ts'
import css from './amount-part.module.css'

type Props = {
  proposal: RefundPreview
  /** As typed; null while the policy's proposal stands. */
  typed: string | null
  error: string | null
  onType: (text: string | null) => void
}

/** How much goes back: the range that is allowed, the policy's proposal and the whole by one press, or any amount typed. */
export function AmountPart({ proposal, typed, error, onType }: Props) {
  const { allowed, proposed } = proposal
  if (!allowed || !proposed) return null
  const shown = typed ?? decimalText(proposed)
  const chips: { label: string; money: Money }[] = [
    { label: t('refund.amount.proposed'), money: proposed },
    ...(allowed.max.amount === proposed.amount ? [] : [{ label: t('refund.amount.most'), money: allowed.max }]),
  ]
  return (
    <>
      <div className={css.line}>
        <TextInput
          className={css.field}
          aria-label={t('refund.amount')}
          inputMode="decimal"
          autoComplete="off"
          maxLength={30}
          value={shown}
          error={error}
          rightSection={<span className={css.currency}>{proposed.currency}</span>}
          rightSectionWidth={48}
          onChange={(event) => onType(event.currentTarget.value)}
          onBlur={() => typed?.trim() === '' && onType(null)}
        />
        <div className={css.chips} role="group" aria-label={t('refund.amount.chips')}>
          {chips.map(({ label, money }) => (
            <UnstyledButton
              key={label}
              className={css.chip}
              aria-pressed={shown === decimalText(money)}
              onClick={() => onType(money === proposed ? null : decimalText(money))}
            >
              {label} <span className="num">{formatMoney(money)}</span>
            </UnstyledButton>
          ))}
        </div>
      </div>
      <p className={css.range}>
        {allowed.min.amount === allowed.max.amount
          ? t('refund.amount.only', { amount: formatMoney(allowed.max) })
          : t('refund.amount.range', { min: formatMoney(allowed.min), max: formatMoney(allowed.max) })}
      </p>
    </>
  )
}

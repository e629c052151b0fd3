import { Select } from '@mantine/core'
import { refundCauses, type RefundCause } from '#contract/billing.ts'
import { t } from '../../messages/translate.ts'
import css from './cause-part.module.css'

type Props = { cause: RefundCause | null; onChoose: (cause: RefundCause) => void }

/** Why the money goes back; the policy decides by it. */
export function CausePart({ cause, onChoose }: Props) {
  return (
    <Select
      aria-label={t('refund.cause')}
      placeholder={t('refund.cause.choose')}
      value={cause}
      data={refundCauses.map((value) => ({ value, label: t(`cause.${value}`) }))}
      allowDeselect={false}
      onChange={(value) => value && onChoose(value as RefundCause)}
      renderOption={({ option }) => (
        <span className={css.option}>
          <span className={css.name}>{option.label}</span>
          <span className={css.hint}>{t(`cause.${option.value as RefundCause}.hint`)}</span>
        </span>
      )}
      maxDropdownHeight={360}
      data-autofocus
    />
  )
}

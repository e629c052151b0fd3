import { Button } from '@mantine/core'
import { IconArrowBarToDown, IconHandStop } from '@tabler/icons-react'
import type { RefundPreview } from '#contract/billing.ts'
import { t } from '../../messages/translate.ts'
import css from './refusal.module.css'

type Props = { preview: RefundPreview; title: string; onInsert?: ((text: string) => void) | undefined }

/** Why it cannot be, and what the customer may be told. */
export function Refusal({ preview, title, onInsert }: Props) {
  const { reasons, customerSentence } = preview
  return (
    <div className={css.refusal} role="status">
      <h3 className={css.title}>
        <IconHandStop size={18} stroke={1.75} aria-hidden />
        {title}
      </h3>
      <ul className={css.reasons} data-single={reasons.length === 1 || undefined}>
        {reasons.map(({ code, sentence }) => (
          <li key={code}>{sentence}</li>
        ))}
      </ul>
      {customerSentence && (
        <div className={css.tell}>
          <h4 className={css.subtitle}>{t('refund.refused.tell')}</h4>
          <p className="reading">{customerSentence}</p>
          {onInsert && (
            <Button
              variant="default"
              leftSection={<IconArrowBarToDown size={16} stroke={1.75} aria-hidden />}
              onClick={() => onInsert(customerSentence)}
            >
              {t('billing.insert')}
            </Button>
          )}
        </div>
      )}
    </div>
  )
}

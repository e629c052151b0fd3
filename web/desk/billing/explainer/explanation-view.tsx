import { Button } from '@mantine/core'
import { IconArrowBarToDown, IconCheck } from '@tabler/icons-react'
import type { Explanation } from '#contract/billing.ts'
import { t } from '../../messages/translate.ts'
import { CopyText } from '../../ui/copy-text.tsx'
import { isInvoice } from '../queries.ts'
import { ExplainedLines } from './explained-lines.tsx'
import css from './explanation-view.module.css'
import { ExplanationHistory } from './explanation-history.tsx'
import { explanationText } from './explanation-text.ts'
import { RefusedExplanation } from './refused-explanation.tsx'

type Props = { explanation: Explanation; subject: string; onInsert?: ((text: string) => void) | undefined }

/** Left the table that closes, right what happened, below the words for the customer. */
export function ExplanationView({ explanation, subject, onInsert }: Props) {
  const { closes, sentence, lines, after, settled, history, paragraphs } = explanation
  if (!closes) return <RefusedExplanation explanation={explanation} subject={subject} />
  const text = paragraphs.join('\n\n')
  const afterTitle = isInvoice(subject) ? t('explain.paid') : t('explain.after')
  return (
    <>
      <div className={css.sides}>
        <section className={css.table} aria-label={t('explain.lines')}>
          <ExplainedLines label={t('explain.lines')} lines={lines} />
          <p className={css.closes}>
            <span>{sentence}</span>
            <IconCheck size={18} stroke={2} aria-label={t('explain.closes')} />
          </p>
        </section>
        <section className={css.after}>
          <h3 className={css.heading}>{afterTitle}</h3>
          {after.length > 0 ? (
            <ExplainedLines label={afterTitle} lines={after} />
          ) : (
            <p className={css.none}>{isInvoice(subject) ? t('explain.paid.none') : t('explain.after.none')}</p>
          )}
          <ExplanationHistory history={history} />
          {settled.length > 0 && (
            <details className={css.settled}>
              <summary>{t('explain.settled')}</summary>
              <ExplainedLines label={t('explain.settled')} lines={settled} />
            </details>
          )}
        </section>
      </div>
      {paragraphs.length > 0 && (
        <section className={css.words}>
          <h3 className={css.heading}>{t('explain.words')}</h3>
          <div className="reading">
            {paragraphs.map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
          </div>
          <div className={css.tools}>
            {onInsert && (
              <>
                <Button
                  leftSection={<IconArrowBarToDown size={16} stroke={1.75} aria-hidden />}
                  onClick={() => onInsert(text)}
                >
                  {t('billing.insert')}
                </Button>
                <Button variant="default" onClick={() => onInsert(`${text}\n\n${explanationText(explanation)}`)}>
                  {t('explain.insertLines')}
                </Button>
              </>
            )}
            <CopyText text={`${text}\n\n${explanationText(explanation)}`} label={t('explain.copy')} />
          </div>
        </section>
      )}
    </>
  )
}

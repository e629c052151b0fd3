import type { Explanation } from '#contract/billing.ts'
import { t } from '../../messages/translate.ts'
import { RelativeTime } from '../../ui/relative-time.tsx'
import css from './explanation-history.module.css'

/** What happened around the money, earliest first. */
export function ExplanationHistory({ history }: { history: Explanation['history'] }) {
  if (history.length === 0) return null
  return (
    <>
      <h3 className={css.heading}>{t('explain.history')}</h3>
      <ol className={css.list} aria-label={t('explain.history')}>
        {history.map(({ at, sentence, by }) => (
          <li key={`${at} ${sentence}`} className={css.happening}>
            <span className={css.when}>
              <RelativeTime at={at} />
            </span>
            <span>
              {sentence}
              {by && <span className={css.by}>{by}</span>}
            </span>
          </li>
        ))}
      </ol>
    </>
  )
}

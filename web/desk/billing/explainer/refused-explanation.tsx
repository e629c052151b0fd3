import type { Explanation } from '#contract/billing.ts'
import { t } from '../../messages/translate.ts'
import { CopyText } from '../../ui/copy-text.tsx'
import { FormError } from '../../ui/form-error.tsx'
import { MoneyText } from '../../ui/money-text.tsx'
import css from './explanation-view.module.css'

type Props = { explanation: Explanation; subject: string }

/** What does not add up, at which line and by how much; nothing else, since nothing else is safe to say. */
export function RefusedExplanation({ explanation: { sentence, faultLine, difference }, subject }: Props) {
  return (
    <div className={css.refused}>
      <FormError>
        {sentence} {t('explain.refused')}
      </FormError>
      {faultLine && (
        <p className={css.fault}>
          {t('explain.fault', { line: faultLine })}
          {difference && (
            <>
              {' · '}
              {t('explain.difference')} <MoneyText money={difference} strong />
            </>
          )}
        </p>
      )}
      <p className={css.id}>
        {subject} <CopyText text={subject} label={t('explain.copyId')} />
      </p>
    </div>
  )
}

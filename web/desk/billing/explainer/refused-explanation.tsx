import type { Explanation } from '#contract/billing.ts'
import { t } from '../../messages/translate.ts'
import { CopyText } from '../../ui/copy-text.tsx'
import { FormError } from '../../ui/form-error.tsx'
import { MoneyText } from '../../ui/money-text.tsx'
import { isInvoice } from '../queries.ts'
import css from './refused-explanation.module.css'

type Props = { explanation: Explanation; subject: string }

/** Nothing was asked for or taken yet, which is no mistake: a draft, a failed payment, an amount that is only held. */
const nothingYet = new Set<string | null>(['charge', 'invoice'])

/** What does not add up, at which line and by how much; nothing else, since nothing else is safe to say. */
export function RefusedExplanation({ explanation: { sentence, faultLine, difference }, subject }: Props) {
  const isMistake = !nothingYet.has(faultLine)
  return (
    <div className={css.refused}>
      {isMistake ? (
        <FormError>
          {sentence} {t('explain.refused')}
        </FormError>
      ) : (
        <p className={css.sentence}>{sentence}</p>
      )}
      <dl className={css.facts}>
        {isMistake && faultLine && (
          <>
            <dt>{t('explain.fault')}</dt>
            <dd>{isId(faultLine) ? <Id id={faultLine} /> : faultLine.replaceAll('_', ' ')}</dd>
          </>
        )}
        {difference && (
          <>
            <dt>{t('explain.difference')}</dt>
            <dd>
              <MoneyText money={difference} strong />
            </dd>
          </>
        )}
        <dt>{isInvoice(subject) ? t('explain.invoice') : t('explain.charge')}</dt>
        <dd>
          <Id id={subject} />
        </dd>
      </dl>
    </div>
  )
}

/** A line is named by its id at Stripe, a sum by what it is. */
function isId(faultLine: string): boolean {
  return /^[a-z]+_[A-Za-z0-9]{8,}$/.test(faultLine)
}

function Id({ id }: { id: string }) {
  return (
    <span className={css.id}>
      {id} <CopyText text={id} label={t('explain.copyId')} />
    </span>
  )
}

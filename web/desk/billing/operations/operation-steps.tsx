import { IconCheck, IconX } from '@tabler/icons-react'
import type { Operation } from '#contract/billing.ts'
import { t } from '../../messages/translate.ts'
import { operationSteps } from './operation-look.ts'
import css from './operation-steps.module.css'

/** The way from asking to Stripe's confirmation, and where it is now. */
export function OperationSteps({ operation }: { operation: Operation }) {
  return (
    <ol className={css.steps}>
      {operationSteps(operation).map(({ key, at }) => (
        <li key={key} className={css.step} data-at={at} aria-current={at === 'now' ? 'step' : undefined}>
          <span className={css.mark} aria-hidden>
            {at === 'past' && <IconCheck size={12} stroke={2.5} />}
            {at === 'failed' && <IconX size={12} stroke={2.5} />}
          </span>
          <span>
            {t(at === 'past' ? `step.${key}.done` : `step.${key}`)}
            <span className="sr-only"> {t(`step.at.${at}`)}</span>
          </span>
        </li>
      ))}
    </ol>
  )
}

import { IconCircleCheck, IconUserQuestion } from '@tabler/icons-react'
import type { RefundPreview } from '#contract/billing.ts'
import { t } from '../../messages/translate.ts'
import css from './effects-list.module.css'

type Props = {
  approvals: RefundPreview['approvals']
  /** What is said where nobody must. */
  nobody?: string
}

/** Who must agree before it is done, and why each; never the one who asks. */
export function ApprovalsPart({ approvals, nobody = t('refund.approval.nobody') }: Props) {
  if (approvals.length === 0)
    return (
      <p className={css.effect} style={{ margin: 0 }}>
        <IconCircleCheck size={16} stroke={1.5} aria-hidden className={css.done} />
        {nobody}
      </p>
    )
  return (
    <ul className={css.list}>
      {approvals.map(({ role, because }) => (
        <li key={because} className={css.effect}>
          <IconUserQuestion size={16} stroke={1.5} aria-hidden className={css.warn} />
          <span>
            <strong className={css.role}>{t(`refund.approval.${role}`)}</strong> {because}
          </span>
        </li>
      ))}
    </ul>
  )
}

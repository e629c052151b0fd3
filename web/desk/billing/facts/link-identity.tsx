import { IconShieldCheck, IconShieldQuestion } from '@tabler/icons-react'
import type { BillingLink } from '#contract/billing.ts'
import { t } from '../../messages/translate.ts'
import { useAccountLabel } from '../../stripe-accounts.ts'
import { CopyText } from '../../ui/copy-text.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { strengthLook } from './looks.ts'
import css from './link-card.module.css'

/** Who the customer is in Stripe, and why this is held to be the same person or company. */
export function LinkIdentity({ link }: { link: BillingLink }) {
  const { customer, customerName, customerEmail, reason, strength, decidedBy, owner } = link
  const { tone, label } = strengthLook(strength)
  const account = useAccountLabel(link.account)
  return (
    <>
      <div className={css.name}>{customerName ?? customerEmail ?? customer}</div>
      {customerName && customerEmail && <div className={css.email}>{customerEmail}</div>}
      <div className={css.id}>
        <span className={css.code}>{customer}</span>
        <CopyText text={customer} label={t('link.copyId')} />
      </div>
      <p className={css.reason}>
        <StatusBadge tone={tone} quiet icon={strength === 'weak' ? IconShieldQuestion : IconShieldCheck}>
          {label}
        </StatusBadge>{' '}
        {reason}
      </p>
      {(account || decidedBy || owner.kind !== 'contact') && (
        <p className={css.more}>
          {[
            account && t('link.account', { name: account }),
            owner.kind !== 'contact' && t(`link.owner.${owner.kind}`),
            decidedBy && t('link.decidedBy', { name: decidedBy }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      )}
    </>
  )
}

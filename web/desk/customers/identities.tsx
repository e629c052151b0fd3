import { IconShieldCheck, IconShieldQuestion } from '@tabler/icons-react'
import type { Contact } from '#contract/customers.ts'
import { t } from '../messages/translate.ts'
import { Card } from '../ui/card.tsx'
import { CopyText } from '../ui/copy-text.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { StatusBadge } from '../ui/status-badge.tsx'
import css from './customers.module.css'

/** Addresses and handles, each with how it was shown to be theirs. */
export function Identities({ identities }: Pick<Contact, 'identities'>) {
  return (
    <Card flush title={t('contact.identities')}>
      <ul className={css.list}>
        {identities.map(({ kind, value, verified, verifiedAt }) => {
          const isVerified = verified !== 'none'
          return (
            <li key={`${kind}${value}`} className={css.identity}>
              <div className={css.grow}>
                <div className={css.value}>
                  {value} <CopyText text={value} />
                </div>
                <div className="muted">{t(`contact.verifiedHint.${verified}`)}</div>
              </div>
              <StatusBadge tone={isVerified ? 'done' : 'warn'} icon={isVerified ? IconShieldCheck : IconShieldQuestion}>
                {t(`contact.verified.${verified}`)}
              </StatusBadge>
              {verifiedAt && (
                <span className="muted">
                  <RelativeTime at={verifiedAt} />
                </span>
              )}
            </li>
          )
        })}
      </ul>
    </Card>
  )
}

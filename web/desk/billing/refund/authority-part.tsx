import { IconShieldCheck, IconShieldQuestion } from '@tabler/icons-react'
import { useState } from 'react'
import type { Authority } from '#contract/billing.ts'
import { t } from '../../messages/translate.ts'
import { useMay } from '../../session.ts'
import { DisabledReason } from '../../ui/disabled-reason.tsx'
import { RowAction } from '../facts/row-action.tsx'
import type { TicketId } from '../queries.ts'
import css from './authority-part.module.css'
import { CodeCheck } from './code-check.tsx'
import { Vouch } from './vouch.tsx'

type Props = {
  authority: Authority
  ticketId?: TicketId | undefined
  /** Whose billing address a code goes to. */
  customer: string | null
}

/** Who asks, how they were shown to be who they say, and the two ways to show it when that is missing. */
export function AuthorityPart({ authority, ticketId, customer }: Props) {
  const { level, requester, how } = authority
  const Mark = level === 'full' ? IconShieldCheck : IconShieldQuestion
  return (
    <div className={css.authority} data-level={level}>
      <Mark size={18} stroke={1.75} aria-hidden className={css.mark} />
      <div className={css.words}>
        <p className={css.who}>
          {requester ? requester.name : t('authority.nobody')}
          {requester?.email && requester.email !== requester.name && (
            <span className={css.email}> {requester.email}</span>
          )}
        </p>
        <p className={css.how}>{how}</p>
        {level === 'none' && ticketId && <Ways authority={authority} ticketId={ticketId} customer={customer} />}
      </div>
    </div>
  )
}

function Ways({
  authority,
  ticketId,
  customer,
}: {
  authority: Authority
  ticketId: TicketId
  customer: string | null
}) {
  const [way, setWay] = useState<'code' | 'vouch' | null>(null)
  const mayVouch = useMay('billing.approve')
  return (
    <>
      <div className={css.ways}>
        {customer && authority.needs === 'code' && (
          <RowAction
            label={t('authority.sendCode')}
            aria-expanded={way === 'code'}
            onClick={() => setWay(way === 'code' ? null : 'code')}
          >
            {t('authority.sendCode')}
          </RowAction>
        )}
        <DisabledReason reason={mayVouch ? null : t('authority.mayNotVouch')}>
          <RowAction
            label={t('authority.vouch')}
            aria-expanded={way === 'vouch'}
            onClick={() => setWay(way === 'vouch' ? null : 'vouch')}
          >
            {t('authority.vouch')}
          </RowAction>
        </DisabledReason>
      </div>
      {way === 'code' && customer && <CodeCheck ticketId={ticketId} customer={customer} />}
      {way === 'vouch' && <Vouch ticketId={ticketId} />}
    </>
  )
}

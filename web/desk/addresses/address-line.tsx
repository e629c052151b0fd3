import { IconBeach } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNow } from '../clock.ts'
import '../messages/rooms/addresses.ts'
import { t } from '../messages/translate.ts'
import { StatusBadge } from '../ui/status-badge.tsx'
import { addressLook, dayWords } from './address-look.ts'
import css from './address-line.module.css'
import { LiftButton } from './lift-button.tsx'
import { addressesQuery } from './queries.ts'

type Props = {
  email: string
  /** Live topics after which it is asked again. */
  topics: readonly string[]
}

/** What stands between us and whoever reads at an address: mail that came back, a complaint, an absence. Often nothing. */
export function AddressLine({ email, topics }: Props) {
  const { data } = useQuery(addressesQuery([email], topics))
  const now = useNow(60_000)
  const facts = data?.items[0]
  if (!facts) return null
  const look = addressLook(facts)
  const { away } = facts
  return (
    <>
      {away && (
        <div className={css.line}>
          <StatusBadge tone="neutral" icon={IconBeach}>
            {away.until ? t('address.away', { date: dayWords(away.until, now) }) : t('address.awayOpen')}
          </StatusBadge>
        </div>
      )}
      {look && (
        <div className={css.line}>
          <StatusBadge tone={look.tone} icon={look.icon}>
            {look.word}
          </StatusBadge>
          <span className={css.reason}>{look.reason}</span>
          {facts.state !== 'soft' && <LiftButton email={email} />}
        </div>
      )}
    </>
  )
}

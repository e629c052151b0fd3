import { Button } from '@mantine/core'
import { IconMailOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import '../messages/rooms/addresses.ts'
import css from '../inbox/composer/composer.module.css'
import { t } from '../messages/translate.ts'
import { addressLook } from './address-look.ts'
import { addressesQuery } from './queries.ts'

type Props = {
  emails: readonly string[]
  topics: readonly string[]
  anyway: boolean
  onAnyway: (anyway: boolean) => void
}

/** Warns before a reply goes to an address that does not work or complained; it is sent only when somebody says so. */
export function AddressBar({ emails, topics, anyway, onAnyway }: Props) {
  const { data } = useQuery({ ...addressesQuery(emails, topics), enabled: emails.length > 0 })
  const bad = data?.items.filter(({ state }) => state === 'hard' || state === 'complained') ?? []
  if (bad.length === 0) return null
  return (
    <div className={css.bar} role="status" data-warned>
      <IconMailOff size={16} stroke={1.5} aria-hidden />
      <span className={css.barText}>
        {bad
          .map((facts) =>
            facts.state === 'complained'
              ? t('address.warn.complained', { email: facts.email })
              : t('address.warn.hard', { email: facts.email, reason: addressLook(facts)?.reason ?? '' }).trim(),
          )
          .join(' ')}
        {anyway && ` ${t('address.sendingAnyway')}`}
      </span>
      <Button variant="default" size="xs" onClick={() => onAnyway(!anyway)}>
        {anyway ? t('address.doNotSend') : t('address.sendAnyway')}
      </Button>
    </div>
  )
}

import { IconClockExclamation } from '@tabler/icons-react'
import type { ContactBilling } from '#contract/billing.ts'
import { t } from '../../messages/translate.ts'
import { RelativeTime } from '../../ui/relative-time.tsx'
import css from './as-of.module.css'

/** How old what is shown may be: the oldest of the linked customers' readings, and a word where Stripe has moved on since. */
export function AsOf({ customers }: { customers: ContactBilling['customers'] }) {
  const times = customers.flatMap(({ asOf }) => asOf ?? [])
  const oldest = times.sort()[0]
  if (times.length < customers.length || !oldest) return <span className={css.asOf}>{t('billing.firstFetch')}</span>
  const stale = customers.some((customer) => customer.stale)
  return (
    <span className={css.asOf} data-stale={stale || undefined}>
      {stale && <IconClockExclamation size={14} stroke={1.75} aria-hidden />}
      <span>{stale ? t('billing.stale') : t('billing.asOf')}</span> <RelativeTime at={oldest} />
    </span>
  )
}

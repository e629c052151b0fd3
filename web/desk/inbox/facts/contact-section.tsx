import { Tooltip } from '@mantine/core'
import { IconShieldCheck, IconShieldQuestion } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import type { Contact } from '#contract/customers.ts'
import type { Ticket } from '#contract/inbox.ts'
import { useNow } from '../../clock.ts'
import { t } from '../../messages/translate.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { CopyText } from '../../ui/copy-text.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FactsList } from '../../ui/facts-list.tsx'
import { Section } from '../../ui/section.tsx'
import { SkeletonRows } from '../../ui/skeleton-rows.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { exactTime } from '../../ui/time-words.ts'
import { contactQuery } from '../queries.ts'
import css from './contact-section.module.css'

const AddressLine = lazy(() =>
  import('../../addresses/address-line.tsx').then(({ AddressLine }) => ({ default: AddressLine })),
)

/** Who asks: names, addresses and how each was proven, their company and role, the time where they are. */
export function ContactSection({ ticket }: { ticket: Ticket }) {
  const contact = useQuery(contactQuery(ticket.requester.id))
  return (
    <>
      <div className={css.head}>
        <Avatar size={40} name={ticket.requester.name} seed={ticket.requester.id} />
        <div className={css.words}>
          <div className={css.name}>{ticket.requester.name}</div>
          <div className={css.address}>
            <span className="truncate">{ticket.requester.email ?? t('contact.noEmail')}</span>
            {ticket.requester.email && <CopyText text={ticket.requester.email} label={t('contact.copyEmail')} />}
          </div>
        </div>
      </div>
      <Section name="contact" title={t('contact.title')}>
        {contact.error ? (
          <ErrorState compact error={contact.error} onRetry={() => void contact.refetch()} />
        ) : contact.data ? (
          <>
            <Facts contact={contact.data} />
            {ticket.requester.email && (
              <Suspense>
                <AddressLine email={ticket.requester.email} topics={[`ticket:${ticket.id}`]} />
              </Suspense>
            )}
          </>
        ) : (
          <SkeletonRows rows={4} height={26} />
        )}
      </Section>
    </>
  )
}

function Facts({ contact }: { contact: Contact }) {
  const { account, timeZone, locale, identities, createdAt, segment } = contact
  return (
    <>
      <FactsList
        facts={[
          { label: t('contact.segment'), value: t(`segment.${segment}`) },
          {
            label: t('contact.account'),
            value: account ? (
              <>
                {account.name} <span className="muted">· {t(`contact.role.${account.role}`)}</span>
              </>
            ) : (
              <span className="muted">{t('contact.noAccount')}</span>
            ),
          },
          timeZone !== null && { label: t('contact.time'), value: <TheirTime zone={timeZone} /> },
          locale !== null && { label: t('contact.language'), value: languageOf(locale) },
          { label: t('contact.since'), value: exactTime(Date.parse(createdAt)).replace(/,? \d\d:\d\d$/, '') },
        ]}
      />
      <ul className={css.identities} aria-label={t('contact.identities')}>
        {identities.map(({ kind, value, verified }) => (
          <li key={`${kind} ${value}`} className={css.identity}>
            <span className={css.value} title={value}>
              {value}
            </span>
            <Tooltip label={t(`contact.verifiedHint.${verified}`)}>
              <span tabIndex={0} style={{ borderRadius: 4 }}>
                <StatusBadge
                  quiet
                  tone={verified === 'none' ? 'warn' : 'done'}
                  icon={verified === 'none' ? IconShieldQuestion : IconShieldCheck}
                >
                  {t(`contact.verified.${verified}`)}
                </StatusBadge>
              </span>
            </Tooltip>
          </li>
        ))}
      </ul>
    </>
  )
}

function TheirTime({ zone }: { zone: string }) {
  const now = useNow(60_000)
  const place = zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone
  return (
    <>
      <time>{timeIn(zone, now)}</time> <span className="muted">{place}</span>
    </>
  )
}

function timeIn(zone: string, now: number): string {
  const options = { hour: '2-digit', minute: '2-digit', weekday: 'short' } as const
  try {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone }).format(now)
  } catch {
    return zone
  }
}

function languageOf(locale: string): string {
  try {
    return new Intl.DisplayNames('en', { type: 'language' }).of(locale) ?? locale
  } catch {
    return locale
  }
}

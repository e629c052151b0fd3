import { IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { t } from '../messages/translate.ts'
import { StatusBadge } from '../ui/status-badge.tsx'
import { byUrgency, healthLook, mailboxHealthQuery } from './mailbox-health-look.ts'
import css from './mailbox-health.module.css'

const MailboxHealthSheet = lazy(() =>
  import('./mailbox-health-sheet.tsx').then(({ MailboxHealthSheet: component }) => ({ default: component })),
)

/** One line that says how the mailboxes stand, the one in most trouble first; all of it behind it. */
export function MailboxHealthStrip() {
  const { data } = useQuery(mailboxHealthQuery)
  const [opened, setOpened] = useState(false)
  const [asked, setAsked] = useState(false)
  if (!data || data.mailboxes.length === 0) return null
  const [first] = byUrgency(data.mailboxes)
  if (!first) return null
  const isWell = first.state === 'ok' || first.state === 'smtp'
  const { tone, icon } = healthLook[first.state]
  return (
    <>
      <button
        type="button"
        className={css.strip}
        aria-haspopup="dialog"
        title={t('health.show')}
        onClick={() => {
          setAsked(true)
          setOpened(true)
        }}
      >
        <StatusBadge tone={isWell ? 'done' : tone} icon={isWell ? healthLook.ok.icon : icon} quiet={isWell}>
          {isWell ? t('health.well', { count: data.mailboxes.length }) : t(`health.is.${first.state}`)}
        </StatusBadge>
        {!isWell && <span className="truncate">{first.address}</span>}
        <IconChevronRight size={16} stroke={1.75} aria-hidden className={css.more} />
      </button>
      {asked && (
        <Suspense>
          <MailboxHealthSheet opened={opened} onClose={() => setOpened(false)} />
        </Suspense>
      )}
    </>
  )
}

import '../../messages/rooms/mailbox-health.ts'
import type { MailboxHealth } from '#contract/feeds.ts'
import { healthLook } from '../../custody/mailbox-health-look.ts'
import { t } from '../../messages/translate.ts'
import { StatusBadge } from '../../ui/status-badge.tsx'

/** Whether a mailbox takes mail, and where it is read by IMAP, how that goes. */
export function MailboxState({ enabled, state }: { enabled: boolean; state: MailboxHealth['state'] | undefined }) {
  if (!enabled) return <StatusBadge tone="neutral">{t('mailboxes.refuses')}</StatusBadge>
  if (!state || state === 'smtp') return <StatusBadge tone="done">{t('mailboxes.receives')}</StatusBadge>
  const { tone, icon } = healthLook[state]
  return (
    <StatusBadge tone={tone} icon={icon}>
      {t('mailboxes.byImap', { state: t(`health.is.${state}`) })}
    </StatusBadge>
  )
}

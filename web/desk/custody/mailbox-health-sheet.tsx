import '../messages/rooms/mailbox-health.ts'
import { useQuery } from '@tanstack/react-query'
import { t } from '../messages/translate.ts'
import { Loaded } from '../ui/loaded.tsx'
import { Sheet, SheetBody, SheetPart } from '../ui/sheet.tsx'
import { StatusBadge } from '../ui/status-badge.tsx'
import { MailboxHealthFacts } from './mailbox-health-facts.tsx'
import { byUrgency, healthLook, mailboxHealthQuery } from './mailbox-health-look.ts'

/** Every mailbox: when it was last read, what waits, what is wrong and what to do. */
export function MailboxHealthSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const health = useQuery(mailboxHealthQuery)
  return (
    <Sheet opened={opened} onClose={onClose} title={t('health.title')}>
      <SheetBody>
        <Loaded query={health}>
          {({ mailboxes }) =>
            byUrgency(mailboxes).map((one) => (
              <SheetPart
                key={one.mailboxId}
                title={one.address}
                aside={
                  <StatusBadge tone={healthLook[one.state].tone} icon={healthLook[one.state].icon}>
                    {t(`health.is.${one.state}`)}
                  </StatusBadge>
                }
              >
                <MailboxHealthFacts health={one} />
              </SheetPart>
            ))
          }
        </Loaded>
      </SheetBody>
    </Sheet>
  )
}

import { Menu } from '@mantine/core'
import { IconArrowMerge, IconUserEdit } from '@tabler/icons-react'
import type { Ticket } from '#contract/inbox.ts'
import '../../messages/rooms/correct.ts'
import { t } from '../../messages/translate.ts'
import { useMay } from '../../session.ts'
import { useRefused } from './use-refused.ts'
import { setCorrecting } from './correcting.ts'

/** The ticket menu's corrections of a whole ticket. */
export function CorrectItems({ ticket }: { ticket: Ticket }) {
  const may = useMay('tickets.manage')
  const refused = useRefused(ticket.id)
  if (!may) return null
  const ask = (asked: 'merge' | 'sender') => () => setCorrecting({ ticketId: ticket.id, chosen: [], asked })
  return (
    <>
      {refused && <Menu.Label>{refused}</Menu.Label>}
      <Menu.Item
        disabled={refused !== null}
        leftSection={<IconArrowMerge size={16} stroke={1.5} />}
        onClick={ask('merge')}
      >
        {t('correct.merge')}
      </Menu.Item>
      <Menu.Item
        disabled={refused !== null}
        leftSection={<IconUserEdit size={16} stroke={1.5} />}
        onClick={ask('sender')}
      >
        {t('correct.sender')}
      </Menu.Item>
      <Menu.Divider />
    </>
  )
}

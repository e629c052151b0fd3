import { Checkbox, Menu } from '@mantine/core'
import { IconArrowRight, IconDots, IconGitFork, IconListCheck } from '@tabler/icons-react'
import type { Message } from '#contract/inbox.ts'
import '../../messages/rooms/correct.ts'
import { t } from '../../messages/translate.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { useRefused } from './use-refused.ts'
import { setCorrecting, useCorrecting } from './correcting.ts'

/** What can be done with one message; while several are chosen, the box that chooses it. */
export function MessageMenu({ message: { id, ticketId } }: { message: Message }) {
  const correcting = useCorrecting(ticketId)
  const refused = useRefused(ticketId)
  if (correcting && correcting.asked === null) {
    const { chosen } = correcting
    const isChosen = chosen.includes(id)
    return (
      <Checkbox
        aria-label={t('correct.choosing')}
        // The first one stands where the button was that had the focus.
        autoFocus={isChosen}
        checked={isChosen}
        onChange={() =>
          setCorrecting({ ...correcting, chosen: isChosen ? chosen.filter((one) => one !== id) : [...chosen, id] })
        }
      />
    )
  }
  const ask = (asked: 'split' | 'move' | null) => () => setCorrecting({ ticketId, chosen: [id], asked })
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <IconButton icon={IconDots} label={t('correct.more')} />
      </Menu.Target>
      <Menu.Dropdown>
        {refused && <Menu.Label>{refused}</Menu.Label>}
        <Menu.Item
          disabled={refused !== null}
          leftSection={<IconGitFork size={16} stroke={1.5} />}
          onClick={ask('split')}
        >
          {t('correct.split')}
        </Menu.Item>
        <Menu.Item
          disabled={refused !== null}
          leftSection={<IconArrowRight size={16} stroke={1.5} />}
          onClick={ask('move')}
        >
          {t('correct.move')}
        </Menu.Item>
        <Menu.Item
          disabled={refused !== null}
          leftSection={<IconListCheck size={16} stroke={1.5} />}
          onClick={ask(null)}
        >
          {t('correct.choose')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

import { Popover } from '@mantine/core'
import { IconUserCircle } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { t } from '../../messages/translate.ts'
import { useShortcut } from '../../shortcuts.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { DisabledReason } from '../../ui/disabled-reason.tsx'
import { HeaderButton } from './header-button.tsx'
import css from './person-picker.module.css'

const PersonList = lazy(() => import('./person-list.tsx').then(({ PersonList }) => ({ default: PersonList })))

type Props = {
  current: { id: string; name: string | null } | null
  reason: string | null
  onChoose: (id: string | null) => void
}

/** Who owns the ticket, and the list to give it to somebody else. */
export function PersonPicker({ current, reason, onChoose }: Props) {
  const [open, setOpen] = useState(false)
  useShortcut(!reason && { keys: 'a', label: t('ticket.assign'), run: () => setOpen(true) })
  const shown = (
    <HeaderButton
      label={t('ticket.assignee')}
      plain={Boolean(reason)}
      onClick={reason ? undefined : () => setOpen(!open)}
    >
      {current ? (
        <Avatar size={20} name={current.name ?? ''} seed={current.id} />
      ) : (
        <IconUserCircle size={18} stroke={1.5} aria-hidden />
      )}
      <span className={css.owner}>{current ? (current.name ?? t('ticket.someone')) : t('ticket.unassigned')}</span>
    </HeaderButton>
  )
  if (reason) return <DisabledReason reason={reason}>{shown}</DisabledReason>
  return (
    <Popover opened={open} onChange={setOpen} width={260} position="bottom-start" trapFocus>
      <Popover.Target>{shown}</Popover.Target>
      <Popover.Dropdown p={4} aria-label={t('ticket.assign')}>
        <Suspense fallback={<div className={css.waiting} />}>
          {open && (
            <PersonList
              currentId={current?.id ?? null}
              onChoose={(id) => {
                setOpen(false)
                if (id !== (current?.id ?? null)) onChoose(id)
              }}
            />
          )}
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  )
}

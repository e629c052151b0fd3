import { Tooltip } from '@mantine/core'
import { IconKeyboard, IconSearch } from '@tabler/icons-react'
import { useLocation } from '@tanstack/react-router'
import { t } from '../messages/translate.ts'
import { useMe } from '../session.ts'
import { useShortcut } from '../shortcuts.ts'
import { useGo } from '../page-params.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { Link } from '../ui/link.tsx'
import { AccountMenu } from './account-menu.tsx'
import { Mark } from './mark.tsx'
import { openKeysSheet, openPalette } from './overlays.ts'
import css from './rail.module.css'
import { type Room, rooms } from './rooms.ts'

/** The rooms this agent may enter, at the left; at the bottom edge below 640 px. */
export function Rail() {
  const { permissions } = useMe()
  const { pathname } = useLocation()
  const open = rooms.filter(({ permission }) => permission === 'session' || permissions.includes(permission))
  return (
    <nav className={css.rail} aria-label={t('frame.rooms')}>
      <span className={css.mark}>
        <Mark size={24} />
      </span>
      <ul className={css.rooms}>
        {open.map((room) => (
          <RoomLink key={room.href} room={room} current={pathname.startsWith(room.prefix)} />
        ))}
      </ul>
      <div className={css.tools}>
        <IconButton size={36} icon={IconSearch} label={t('frame.search')} keys="mod+k" onClick={openPalette} />
        <span className={css.wideOnly}>
          <IconButton size={36} icon={IconKeyboard} label={t('frame.shortcuts')} keys="?" onClick={openKeysSheet} />
        </span>
        <AccountMenu />
      </div>
    </nav>
  )
}

function RoomLink({ room, current }: { room: Room; current: boolean }) {
  const go = useGo()
  const name = t(room.label)
  const keys = `g ${room.letter}`
  useShortcut({ keys, label: name, group: 'go', run: () => go(room.href) })
  return (
    <li data-wide-only={room.wideOnly}>
      <Tooltip
        position="right"
        label={
          <>
            {name} <Kbd keys={keys} />
          </>
        }
      >
        <Link href={room.href} className={css.room} aria-current={current ? 'page' : undefined}>
          <room.icon size={18} stroke={1.5} aria-hidden />
          <span className="sr-only">{name}</span>
          <span className={css.name} aria-hidden>
            {t(room.short ?? room.label)}
          </span>
        </Link>
      </Tooltip>
    </li>
  )
}

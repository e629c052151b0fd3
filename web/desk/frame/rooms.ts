import {
  type Icon,
  IconChartBar,
  IconInbox,
  IconMailOpened,
  IconReceiptRefund,
  IconSettings,
  IconUsers,
} from '@tabler/icons-react'
import type { Permission } from '#contract/endpoint.ts'
import type { PlainKey } from '../messages/translate.ts'
import { paths } from '../paths.ts'

export type Room = {
  label: PlainKey
  icon: Icon
  href: string
  /** The start of every address in this room. */
  prefix: string
  /** The name under the icon of the bottom bar, where the whole one is too long. */
  short?: PlainKey
  /** Not in the bottom bar: the account menu leads there. */
  wideOnly?: boolean
  /** The letter after `g`. */
  letter: string
  permission: Permission
}

/** The rooms of the rail, in its order. */
export const rooms: Room[] = [
  {
    label: 'room.inbox',
    icon: IconInbox,
    href: paths.inbox(),
    prefix: '/inbox',
    letter: 'i',
    permission: 'tickets.read',
  },
  {
    label: 'room.customers',
    icon: IconUsers,
    href: paths.contacts(),
    prefix: '/customers',
    letter: 'c',
    permission: 'tickets.read',
  },
  {
    label: 'room.billing',
    icon: IconReceiptRefund,
    href: paths.approvals(),
    prefix: '/billing',
    letter: 'b',
    permission: 'billing.read',
  },
  {
    label: 'room.custody',
    short: 'room.custody.short',
    icon: IconMailOpened,
    href: paths.custody(),
    prefix: '/custody',
    letter: 'm',
    permission: 'custody.read',
  },
  {
    label: 'room.insights',
    icon: IconChartBar,
    href: paths.insights(),
    prefix: '/insights',
    letter: 'r',
    permission: 'reports.read',
  },
  {
    label: 'room.settings',
    wideOnly: true,
    icon: IconSettings,
    href: paths.settings(),
    prefix: '/settings',
    letter: 's',
    permission: 'session',
  },
]

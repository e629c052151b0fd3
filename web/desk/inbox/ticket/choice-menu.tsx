import { Menu } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useShortcut } from '../../shortcuts.ts'
import { DisabledReason } from '../../ui/disabled-reason.tsx'
import { HeaderButton } from './header-button.tsx'

type Choice<T> = { value: T; label: string; mark?: ReactNode }

type Props<T> = {
  label: string
  /** The verb in the key sheet: "Set the status". */
  action: string
  keys?: string
  current: T
  choices: readonly Choice<T>[]
  /** Why it cannot be changed now. */
  reason?: string | null | undefined
  onChoose: (value: T) => void
  children: ReactNode
}

/** A menu of a few fixed choices; opened by its key, moved through by arrows. */
export function ChoiceMenu<T extends string>(props: Props<T>) {
  const { label, action, keys, current, choices, reason, onChoose, children } = props
  const [open, setOpen] = useState(false)
  useShortcut(!reason && keys !== undefined && { keys, label: action, run: () => setOpen(true) })
  if (reason)
    return (
      <DisabledReason reason={reason}>
        <HeaderButton label={label} plain>
          {children}
        </HeaderButton>
      </DisabledReason>
    )
  return (
    <Menu opened={open} onChange={setOpen} width={200} returnFocus={false}>
      <Menu.Target>
        <HeaderButton label={label}>{children}</HeaderButton>
      </Menu.Target>
      <Menu.Dropdown aria-label={label}>
        {choices.map(({ value, label, mark }) => (
          <Menu.Item
            key={value}
            aria-current={value === current || undefined}
            leftSection={mark}
            rightSection={value === current && <IconCheck size={16} stroke={1.75} aria-hidden />}
            onClick={() => value !== current && onChoose(value)}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

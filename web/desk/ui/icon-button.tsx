import { ActionIcon, type ActionIconProps, Tooltip } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'
import type { ButtonHTMLAttributes, Ref } from 'react'
import { Kbd } from './kbd.tsx'

type Props = Omit<ActionIconProps, 'children'> &
  Omit<ButtonHTMLAttributes<HTMLButtonElement>, keyof ActionIconProps | 'color'> & {
    icon: Icon
    /** What it does; the accessible name and the tooltip. */
    label: string
    /** The shortcut that does the same, shown in the tooltip. */
    keys?: string
    ref?: Ref<HTMLButtonElement>
  }

/** A button of one icon, 28 px, that says what it does on hover and focus. */
export function IconButton({ icon: Mark, label, keys, ref, ...rest }: Props) {
  return (
    <Tooltip
      label={
        <>
          {label} {keys && <Kbd keys={keys} />}
        </>
      }
    >
      <ActionIcon ref={ref} variant="subtle" color="gray" size={28} aria-label={label} {...rest}>
        <Mark size={18} stroke={1.5} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}

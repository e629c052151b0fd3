import { UnstyledButton } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import type { ComponentPropsWithoutRef, ReactNode, Ref } from 'react'
import css from './header-button.module.css'

type Props = ComponentPropsWithoutRef<'button'> & {
  /** What it changes, read out before its value. */
  label: string
  plain?: boolean
  children: ReactNode
  ref?: Ref<HTMLButtonElement>
}

/** One property of a ticket in its header; opens the menu that changes it. */
export function HeaderButton({ label, plain, children, ref, className, ...rest }: Props) {
  return (
    <UnstyledButton ref={ref} {...rest} className={className ? `${css.button} ${className}` : css.button}>
      <span className="sr-only">{label}: </span>
      {children}
      {!plain && <IconChevronDown className={css.arrow} size={14} stroke={1.75} aria-hidden />}
    </UnstyledButton>
  )
}

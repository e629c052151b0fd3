import { UnstyledButton } from '@mantine/core'
import type { ButtonHTMLAttributes, Ref } from 'react'
import css from './row-action.module.css'

type Props = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'style' | 'className'> & {
  /** What it does to which thing: the accessible name, beginning with the words on it. */
  label: string
  ref?: Ref<HTMLButtonElement>
}

/** A word in a dense row that does something. */
export function RowAction({ label, ...rest }: Props) {
  return <UnstyledButton {...rest} className={css.action} aria-label={label} />
}

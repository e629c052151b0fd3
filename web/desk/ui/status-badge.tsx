import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Tone } from '../tokens.ts'
import css from './status-badge.module.css'

type Props = {
  tone: Tone
  icon?: Icon
  /** Without a ground: for dense tables. */
  quiet?: boolean
  title?: string
  children: ReactNode
}

/** A word with the colour of its meaning. The word is required: colour alone says nothing to some. */
export function StatusBadge({ tone, icon: Mark, quiet, title, children }: Props) {
  return (
    <span className={css.badge} data-tone={tone} data-quiet={quiet || undefined} title={title}>
      {Mark ? <Mark size={14} stroke={1.75} aria-hidden /> : quiet && <span className={css.dot} aria-hidden />}
      {children}
    </span>
  )
}

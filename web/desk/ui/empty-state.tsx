import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import css from './states.module.css'

type Props = {
  icon?: Icon
  title: string
  /** What will appear here and how to make the first one. */
  hint?: ReactNode
  action?: ReactNode
  compact?: boolean
  /** The title is the page's heading: nothing else is on it. */
  heading?: boolean
}

/** Says why nothing is here and what to do about it. */
export function EmptyState({ icon: Mark, title, hint, action, compact, heading }: Props) {
  return (
    <div className={css.state} data-compact={compact || undefined}>
      {Mark && (
        <span className={css.mark} aria-hidden>
          <Mark size={20} stroke={1.5} />
        </span>
      )}
      {heading ? <h1 className={css.title}>{title}</h1> : <p className={css.title}>{title}</p>}
      {hint && <p className={css.hint}>{hint}</p>}
      {action}
    </div>
  )
}

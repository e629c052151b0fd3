import { IconAlertTriangle, IconInfoCircle, IconLock } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import css from './notice.module.css'

const marks = { neutral: IconInfoCircle, warn: IconAlertTriangle, locked: IconLock }

type Props = { kind?: keyof typeof marks; actions?: ReactNode; children: ReactNode }

/** A sentence on a page that explains what is unusual about it: a warning, a lock, something to know first. */
export function Notice({ kind = 'neutral', actions, children }: Props) {
  const Mark = marks[kind]
  return (
    <div className={css.notice} data-kind={kind} role="note">
      <Mark size={16} stroke={1.75} aria-hidden className={css.mark} />
      <div className={css.words}>{children}</div>
      {actions && <div className={css.actions}>{actions}</div>}
    </div>
  )
}

import type { Icon } from '@tabler/icons-react'
import { Link } from './link.tsx'
import css from './view-link.module.css'

type Props = {
  href: string
  icon: Icon
  name: string
  /** How many there are, in words; empty for none. */
  count?: string | undefined
  /** Red while there is any. */
  urgent?: boolean | undefined
  current: boolean
}

/** A line in a list of views: icon, name, count. */
export function ViewLink({ href, icon: Mark, name, count, urgent, current }: Props) {
  return (
    <li>
      <Link className={css.view} href={href} aria-current={current ? 'page' : undefined}>
        <Mark size={16} stroke={1.5} aria-hidden className={css.icon} />
        <span className={css.name} title={name}>
          {name}
        </span>
        <span className={css.count} data-urgent={(urgent && Boolean(count)) || undefined}>
          {count}
        </span>
      </Link>
    </li>
  )
}

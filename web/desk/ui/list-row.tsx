import type { ReactNode } from 'react'
import { Link } from './link.tsx'
import css from './list-row.module.css'

type Props = {
  href: string
  /** The row whose content is open beside the list. */
  active?: boolean
  /** Chosen for a bulk action. */
  selected?: boolean
  /** Weighs the title 600, as when the customer spoke last. */
  strong?: boolean
  leading?: ReactNode
  title: ReactNode
  /** Right of the title: clock, amount, time. */
  aside?: ReactNode
  /** Further lines below the title. */
  lines?: ReactNode[]
  onHover?: () => void
}

/** A row of a list that opens something: 36 or 44 px with one line, growing by line. */
export function ListRow({ href, active, selected, strong, leading, title, aside, lines = [], onHover }: Props) {
  return (
    <Link
      href={href}
      className={css.row}
      aria-current={active ? 'true' : undefined}
      data-selected={selected || undefined}
      onMouseEnter={onHover}
    >
      {leading && <span className={css.leading}>{leading}</span>}
      <span className={css.content}>
        <span className={css.first}>
          <span className={css.title} data-strong={strong || undefined}>
            {title}
          </span>
          {aside && <span className={css.aside}>{aside}</span>}
        </span>
        {lines.map((line, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- the lines of a row have no identity but their place
          <span key={index} className={css.line}>
            {line}
          </span>
        ))}
      </span>
    </Link>
  )
}

import type { ReactNode } from 'react'
import css from './pane.module.css'

type Props = {
  /** Names the landmark. */
  label: string
  header?: ReactNode
  footer?: ReactNode
  /** False when the content scrolls by itself (KeysetList, conversation). */
  scroll?: boolean
  ground?: 'surface' | 'sunken' | 'canvas'
  children: ReactNode
}

/** One column of the desk: a landmark with a fixed header and footer and a body that scrolls. */
export function Pane({ label, header, footer, scroll = true, ground = 'surface', children }: Props) {
  return (
    <section className={css.pane} aria-label={label} data-ground={ground}>
      {header && <header className={css.header}>{header}</header>}
      {/* A scrolling region must be reachable by key. */}
      <div
        className={css.body}
        data-scroll={scroll || undefined}
        {...(scroll ? { tabIndex: 0, role: 'group', 'aria-label': label } : {})}
      >
        {children}
      </div>
      {footer && <footer className={css.footer}>{footer}</footer>}
    </section>
  )
}

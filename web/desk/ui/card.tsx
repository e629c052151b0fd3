import type { ReactNode } from 'react'
import css from './card.module.css'

type Props = { title?: ReactNode; aside?: ReactNode; flush?: boolean; children: ReactNode }

/** A bordered block on a page; `flush` lets a table touch its edges. */
export function Card({ title, aside, flush, children }: Props) {
  return (
    <section className={css.card}>
      {(title || aside) && (
        <header className={css.head}>
          <h2 className={css.title}>{title}</h2>
          {aside}
        </header>
      )}
      <div className={flush ? css.flush : css.body}>{children}</div>
    </section>
  )
}

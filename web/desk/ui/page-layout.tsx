import type { ReactNode } from 'react'
import css from './page-layout.module.css'

type Props = {
  title: string
  /** One line under the title: what this page is for. */
  hint?: ReactNode
  /** The way back, before the title. */
  back?: ReactNode
  actions?: ReactNode
  /** `wide` for tables and charts, `reading` for forms. */
  width?: 'wide' | 'reading'
  children: ReactNode
}

/** A room without panes: a title, its actions and one scrolling column. */
export function PageLayout({ title, hint, back, actions, width = 'wide', children }: Props) {
  return (
    <div className={css.page}>
      <div className={css.column} data-width={width}>
        <header className={css.header}>
          {back && <div className={css.back}>{back}</div>}
          <div className={css.words}>
            <h1 className={css.title}>{title}</h1>
            {hint && <p className={css.hint}>{hint}</p>}
          </div>
          {actions && <div className={css.actions}>{actions}</div>}
        </header>
        {children}
      </div>
    </div>
  )
}

import { IconChevronRight } from '@tabler/icons-react'
import { type ReactNode, useId } from 'react'
import { useRemembered } from '../remembered.ts'
import css from './section.module.css'

type Props = {
  /** Under what the fold is remembered. */
  name: string
  title: string
  count?: number
  /** Right of the title: a small action or state. */
  aside?: ReactNode
  open?: boolean
  children: ReactNode
}

/** A part of the facts pane that folds, shows a count and remembers whether it was open. */
export function Section({ name, title, count, aside, open: initially = true, children }: Props) {
  const [open, setOpen] = useRemembered(`section.${name}`, initially)
  const id = useId()
  return (
    <section className={css.section} aria-label={title}>
      <div className={css.head}>
        <h3 className={css.heading}>
          <button
            type="button"
            className={css.toggle}
            aria-expanded={open}
            aria-controls={id}
            onClick={() => setOpen(!open)}
          >
            <IconChevronRight className={css.chevron} size={16} stroke={1.5} aria-hidden />
            {title}
            {count !== undefined && <span className={css.count}>{count}</span>}
          </button>
        </h3>
        {aside}
      </div>
      <div id={id} className={css.body} hidden={!open}>
        {open && children}
      </div>
    </section>
  )
}

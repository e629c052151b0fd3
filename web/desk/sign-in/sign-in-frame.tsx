import type { ReactNode } from 'react'
import { Mark } from '../frame/mark.tsx'
import css from './sign-in-frame.module.css'

type Props = { title: string; hint?: ReactNode; children?: ReactNode; wide?: boolean }

/** The card every page before the desk stands in. */
export function SignInFrame({ title, hint, children, wide }: Props) {
  return (
    <main className={css.page}>
      <title>{`${title} · Mainstay`}</title>
      <div className={css.card} data-wide={wide || undefined}>
        <Mark size={32} />
        <h1 className={css.title}>{title}</h1>
        {hint && <p className={css.hint}>{hint}</p>}
        {children}
      </div>
    </main>
  )
}

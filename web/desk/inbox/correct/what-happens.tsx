import type { ReactNode } from 'react'
import { t } from '../../messages/translate.ts'
import css from './correct.module.css'

/** What a correction will do, a sentence each. */
export function WhatHappens({ children }: { children: ReactNode[] }) {
  return (
    <section>
      <h3 className={css.heading}>{t('correct.what')}</h3>
      <ul className={css.what}>{children}</ul>
      <p className={css.undoable}>{t('correct.undoable')}</p>
    </section>
  )
}

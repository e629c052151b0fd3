import type { ReactNode } from 'react'
import css from './facts-list.module.css'

export type Fact = { label: string; value: ReactNode }

/** Labels and values in two columns; falsy entries are left out. */
export function FactsList({ facts }: { facts: (Fact | false | null | undefined)[] }) {
  return (
    <dl className={css.list}>
      {facts
        .filter((fact): fact is Fact => Boolean(fact))
        .map(({ label, value }) => (
          <div key={label} className={css.fact}>
            <dt className={css.label}>{label}</dt>
            <dd className={css.value}>{value}</dd>
          </div>
        ))}
    </dl>
  )
}

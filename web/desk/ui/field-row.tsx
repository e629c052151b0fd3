import type { ReactNode } from 'react'
import css from './field-row.module.css'

type Props = { label: ReactNode; hint?: ReactNode; htmlFor?: string; children: ReactNode }

/** One setting: what it is and does on the left, its control on the right; stacked below 640 px. */
export function FieldRow({ label, hint, htmlFor, children }: Props) {
  return (
    <div className={css.row}>
      <div className={css.words}>
        {htmlFor ? (
          <label className={css.label} htmlFor={htmlFor}>
            {label}
          </label>
        ) : (
          <div className={css.label}>{label}</div>
        )}
        {hint && <div className={css.hint}>{hint}</div>}
      </div>
      <div className={css.control}>{children}</div>
    </div>
  )
}

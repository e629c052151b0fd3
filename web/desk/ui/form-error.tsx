import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { wordsFor } from '../api-error.ts'
import css from './form-error.module.css'

type Props = { error?: unknown; children?: ReactNode }

/** Why a form was refused, above its button and read out at once. Words given as children win over the error's own. */
export function FormError({ error, children }: Props) {
  const words = children ?? (error ? wordsFor(error) : null)
  return (
    <div role="alert" className={words ? css.error : undefined}>
      {words && (
        <>
          <IconAlertTriangle size={16} stroke={1.75} aria-hidden className={css.mark} />
          <span>{words}</span>
        </>
      )}
    </div>
  )
}

import { useEffect, useRef, useState } from 'react'
import { t } from '../../messages/translate.ts'
import css from './subject-field.module.css'

type Props = { subject: string; mayChange: boolean; onChange: (subject: string) => void }

/** The subject as a heading that can be edited in place: Enter keeps, Escape leaves it as it was. */
export function SubjectField({ subject, mayChange, onChange }: Props) {
  const [typed, setTyped] = useState<string | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const editing = typed !== null
  useEffect(() => {
    if (editing) field.current?.select()
  }, [editing])
  if (!editing)
    return (
      <h2 className={css.subject}>
        {mayChange ? (
          <button
            type="button"
            className={css.button}
            title={t('ticket.editSubject')}
            onClick={() => setTyped(subject)}
          >
            {subject}
          </button>
        ) : (
          <span className={css.text} title={subject}>
            {subject}
          </span>
        )}
      </h2>
    )
  const keep = (): void => {
    const next = typed.trim()
    setTyped(null)
    if (next && next !== subject) onChange(next)
  }
  return (
    <input
      ref={field}
      className={css.input}
      aria-label={t('ticket.subject')}
      maxLength={500}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return
        if (event.key === 'Enter') keep()
        if (event.key === 'Escape') {
          event.preventDefault()
          setTyped(null)
        }
      }}
    />
  )
}

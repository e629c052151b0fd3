import { useState } from 'react'
import type { Message } from '#contract/inbox.ts'
import { t } from '../../messages/translate.ts'
import { LinkedText } from './linked-text.tsx'
import css from './plain-letter.module.css'
import { textParts, type TextPart } from './text-parts.ts'

/** Plain text with its quotes and long signatures folded. A message that is all quote is shown whole. */
export function PlainLetter({ message }: { message: Message }) {
  const parts = textParts(message)
  const saysSomething = parts.some(({ kind, text }) => kind === 'reply' && text.trim() !== '')
  if (message.text.trim() === '') return <p className={css.empty}>{t('message.empty')}</p>
  return (
    <div className="reading">
      {parts.map((part, index) =>
        part.kind === 'reply' || !saysSomething ? (
          // oxlint-disable-next-line react/no-array-index-key -- parts have no identity but their place
          <p key={index} className={css.text}>
            <LinkedText text={part.text.replace(/^\n+|\s+$/g, '')} />
          </p>
        ) : (
          // oxlint-disable-next-line react/no-array-index-key -- parts have no identity but their place
          <Folded key={index} part={part} />
        ),
      )}
    </div>
  )
}

function Folded({ part }: { part: TextPart }) {
  const [open, setOpen] = useState(false)
  if (part.text.trim() === '') return null
  const words =
    part.kind === 'quote' ? t('message.quoted', { count: part.lines }) : t('message.signature', { count: part.lines })
  return (
    <div className={css.folded}>
      <button type="button" className={css.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
        {words}
      </button>
      {open && (
        <p className={css.text} data-kind={part.kind}>
          <LinkedText text={part.text.replace(/^\n+|\s+$/g, '')} />
        </p>
      )}
    </div>
  )
}

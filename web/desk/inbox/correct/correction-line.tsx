import { Tooltip } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Correction } from '#contract/corrections.ts'
import type { LedgerEvent } from '#contract/events.ts'
import '../../messages/rooms/correct.ts'
import { t } from '../../messages/translate.ts'
import { paths } from '../../paths.ts'
import { useMay } from '../../session.ts'
import { Link } from '../../ui/link.tsx'
import { correctionsQuery } from '../queries.ts'
import css from './correct.module.css'
import { takeBack } from './use-correct.ts'

type Props = { event: LedgerEvent; /** What the line says without more. */ words: string }

/** A correction's line: what it did with which ticket, and taking it back. */
export function CorrectionLine({ event, words }: Props) {
  const { data } = useQuery({
    ...correctionsQuery(event.ticketId ?? 'tkt_'),
    enabled: event.ticketId !== null,
  })
  const correction = data?.items.find(({ id }) => id === event.data['correctionId'])
  if (!correction) return words
  const isHere = correction.ticket.id === event.ticketId
  const peer = isHere ? correction.other : correction.ticket
  const what = correction.kind === 'sender' ? words : t(lineOf(correction.kind, isHere))
  const named = peer && correction.kind !== 'sender'
  return (
    <>
      {correction.undoneAt ? t('correct.line.undone', { what: named ? `${what} #${peer.number}` : what }) : what}
      {named && !correction.undoneAt && (
        <>
          {' '}
          <Link className={css.link} href={paths.ticket(peer.id)}>
            #{peer.number}
          </Link>
        </>
      )}
      {!correction.undoneAt && <UndoButton correction={correction} what={what} />}
    </>
  )
}

function lineOf(kind: 'split' | 'move' | 'merge', isHere: boolean) {
  return isHere ? (`correct.line.${kind}` as const) : (`correct.line.${kind}From` as const)
}

/** What cannot be undone any more says why. */
function UndoButton({ correction: { id, whyNotUndone }, what }: { correction: Correction; what: string }) {
  const may = useMay('tickets.manage')
  const [pending, setPending] = useState(false)
  if (!may) return null
  const button = (
    <button
      type="button"
      className={css.undo}
      aria-label={
        whyNotUndone ? `${t('correct.undoLabel', { what })}. ${whyNotUndone}` : t('correct.undoLabel', { what })
      }
      aria-disabled={whyNotUndone !== null || pending}
      onClick={() => {
        if (whyNotUndone || pending) return
        setPending(true)
        void takeBack(id).finally(() => setPending(false))
      }}
    >
      {t('correct.undo')}
    </button>
  )
  return whyNotUndone ? <Tooltip label={whyNotUndone}>{button}</Tooltip> : button
}

import { Button } from '@mantine/core'
import { IconEye } from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import type { Ticket } from '#contract/inbox.ts'
import { t } from '../../messages/translate.ts'
import { useMay, useMe } from '../../session.ts'
import { useShortcut } from '../../shortcuts.ts'
import { useDelayed } from '../../ui/delayed.ts'
import { openNewTicket } from '../new-ticket/new-ticket-store.ts'
import css from './composer.module.css'
import { useDraftEpoch } from './restored.ts'

const loadComposer = () => import('./composer.tsx')
const Composer = lazy(() => loadComposer().then(({ Composer }) => ({ default: Composer })))

type Kind = 'reply' | 'note'

/** Writing needs much code that reading does not: it is fetched while the first ticket is being read. */
export function fetchComposer(): void {
  void loadComposer()
  void import('./editor.tsx')
}

/** The composer, or why there is none: readers may not write, and a closed ticket is answered by a follow-up. */
export function ComposerDock({ ticket }: { ticket: Ticket }) {
  const mayWrite = useMay('tickets.write')
  const { agent } = useMe()
  const epoch = useDraftEpoch(ticket.id)
  // Whoever runs through the queue by j and k does not write: the editor waits until a ticket is stayed at.
  const stayed = useDelayed(80)
  const [asked, setAsked] = useState(false)
  const begin = useRef<((kind: Kind, typed?: string) => void) | null>(null)
  const wanted = useRef<Kind | null>(null)
  const early = useRef<HTMLInputElement>(null)
  const closed = ticket.status === 'closed'
  const write = (kind: Kind): void => {
    if (begin.current) {
      begin.current(kind)
      return
    }
    wanted.current = kind
    setAsked(true)
    early.current?.focus()
  }
  useShortcut(mayWrite && !closed && { keys: 'r', label: t('composer.replyKey'), run: () => write('reply') })
  useShortcut(mayWrite && { keys: 'n', label: t('composer.noteKey'), run: () => write('note') })
  useEffect(() => {
    if (mayWrite) fetchComposer()
  }, [mayWrite])
  if (!mayWrite || !agent)
    return (
      <p className={css.closed} style={{ margin: 0 }}>
        <IconEye size={16} stroke={1.5} aria-hidden />
        {t('composer.readOnly')}
      </p>
    )
  return (
    <>
      {closed && (
        <div className={css.closed}>
          <span className={css.barText}>{t('composer.closed')}</span>
          <Button
            variant="default"
            size="xs"
            onClick={() =>
              openNewTicket({
                email: ticket.requester.email ?? '',
                name: ticket.requester.name,
                subject: ticket.subject,
                teamId: ticket.teamId,
              })
            }
          >
            {t('composer.followUp')}
          </Button>
        </div>
      )}
      {/* Whoever types before the editor is there types here; it goes on in the editor. */}
      <input ref={early} className="sr-only" tabIndex={-1} aria-hidden />
      <Suspense fallback={<div className={css.waiting} />}>
        {stayed || asked ? (
          <Composer
            key={`${ticket.id} ${epoch}`}
            ticket={ticket}
            noReply={closed ? t('composer.closed') : null}
            onReady={(ready) => {
              begin.current = ready
              if (!ready || !wanted.current) return
              ready(wanted.current, early.current?.value)
              wanted.current = null
              if (early.current) early.current.value = ''
            }}
          />
        ) : (
          <div className={css.waiting} />
        )}
      </Suspense>
    </>
  )
}

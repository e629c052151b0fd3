import { Button } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import type { Message, Ticket } from '#contract/inbox.ts'
import { useNow } from '../../clock.ts'
import { t } from '../../messages/translate.ts'
import { useMay } from '../../session.ts'
import { useShortcut } from '../../shortcuts.ts'
import { announce } from '../../ui/announce.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { SkeletonRows } from '../../ui/skeleton-rows.tsx'
import { dateOf } from '../../ui/time-words.ts'
import { contactQuery, eventsQuery, messagesQuery } from '../queries.ts'
import { EventLines } from './event-lines.tsx'
import { isInThread } from './event-words.ts'
import { Letter } from './letter.tsx'
import css from './thread.module.css'
import { TicketLinks } from './ticket-links.tsx'
import { timelineOf } from './timeline.ts'
import { useNames } from './use-names.ts'

/** Everything said and done on a ticket, newest at the bottom, where it opens. */
export function Thread({ ticket }: { ticket: Ticket }) {
  const messages = useInfiniteQuery(messagesQuery(ticket.id))
  const events = useInfiniteQuery(eventsQuery(ticket.id))
  const contact = useQuery(contactQuery(ticket.requester.id))
  const mayWrite = useMay('tickets.write')
  const names = useNames()
  const { hasNextPage: moreEvents, isFetchingNextPage: readingEvents, fetchNextPage: readEvents } = events
  useEffect(() => {
    if (moreEvents && !readingEvents) void readEvents()
  }, [moreEvents, readingEvents, readEvents])
  useArrivals(messages.data)
  const scroller = useRef<HTMLDivElement>(null)
  useShortcut({ keys: 'Enter', label: t('keys.read'), run: () => scroller.current?.focus(), hidden: true })
  const older = messages.hasNextPage
  const items = useMemo(
    () => timelineOf(messages.data ?? [], (events.data ?? []).filter(isInThread), older),
    [messages.data, events.data, older],
  )
  return (
    <div ref={scroller} className={css.scroller} tabIndex={0} role="group" aria-label={t('thread.label')}>
      <div className={css.thread}>
        {messages.data ? (
          <>
            <TicketLinks ticket={ticket} />
            {older && (
              <Button
                variant="default"
                className={css.older}
                loading={messages.isFetchingNextPage}
                onClick={() => void messages.fetchNextPage()}
              >
                {t('thread.older')}
              </Button>
            )}
            {items.map((item) =>
              item.kind === 'message' ? (
                <Letter
                  key={item.key}
                  message={item.message}
                  theirZone={contact.data?.timeZone ?? null}
                  mayWrite={mayWrite}
                />
              ) : item.kind === 'events' ? (
                <EventLines key={item.key} events={item.events} names={names} />
              ) : (
                <Day key={item.key} at={item.at} />
              ),
            )}
          </>
        ) : messages.error ? (
          <ErrorState error={messages.error} onRetry={() => void messages.refetch()} />
        ) : (
          <SkeletonRows rows={3} height={120} lines={4} />
        )}
      </div>
    </div>
  )
}

function Day({ at }: { at: string }) {
  const now = useNow(60_000)
  return (
    <div className={css.day}>
      <span>{dateOf(Date.parse(at), now)}</span>
    </div>
  )
}

/** Says politely that the customer wrote while the ticket was open. */
function useArrivals(messages: readonly Message[] | undefined): void {
  const newest = useRef<{ ticketId: string; id: string } | null>(null)
  const latest = messages?.[0]
  useEffect(() => {
    if (!latest) return
    const before = newest.current
    newest.current = { ticketId: latest.ticketId, id: latest.id }
    if (before && before.ticketId === latest.ticketId && before.id !== latest.id && latest.kind === 'inbound')
      announce(t('thread.arrived', { name: latest.author.name }))
  }, [latest])
}

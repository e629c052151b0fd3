import { IconCalendarEvent, IconCalendarOff, IconCalendarStats } from '@tabler/icons-react'
import type { CalendarCard as Card } from '#contract/calendar-card.ts'
import { t } from '../../messages/translate.ts'
import { exactTime } from '../../ui/time-words.ts'
import css from './calendar-card.module.css'

const icons = { CANCEL: IconCalendarOff, REPLY: IconCalendarStats } as const
const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' })
const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' })

/** An invitation: what, when in the agent's zone, where and by whom. */
export function CalendarCard({ card }: { card: Card }) {
  const { method, title, location, organiser, answer } = card
  const Mark = method === 'CANCEL' || method === 'REPLY' ? icons[method] : IconCalendarEvent
  const when = whenOf(card)
  return (
    <section className={css.card} aria-label={t('calendar.label')}>
      <Mark size={20} stroke={1.5} aria-hidden />
      <div className={css.words}>
        <div className={css.method}>
          {method === 'REPLY' && answer
            ? t(`calendar.answer.${answer.status}`, { who: answer.email })
            : t(`calendar.method.${method}`)}
        </div>
        <div className={css.title}>{title || t('calendar.untitled')}</div>
        {when && <div>{when}</div>}
        {location && <div className={css.detail}>{location}</div>}
        {organiser && <div className={css.detail}>{t('calendar.by', { who: organiser.name ?? organiser.email })}</div>}
      </div>
    </section>
  )
}

function whenOf({ start, end, allDay }: Card): string | null {
  if (!start) return null
  const from = Date.parse(start)
  if (allDay) return day.format(from)
  if (!end) return exactTime(from)
  const to = Date.parse(end)
  const sameDay = new Date(from).toDateString() === new Date(to).toDateString()
  return t('calendar.span', { from: exactTime(from), to: sameDay ? clock.format(to) : exactTime(to) })
}

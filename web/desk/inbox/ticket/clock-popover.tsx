import { Popover } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Ticket } from '#contract/inbox.ts'
import { useNow } from '../../clock.ts'
import { t } from '../../messages/translate.ts'
import { useMay } from '../../session.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { SkeletonRows } from '../../ui/skeleton-rows.tsx'
import { arithmeticQuery } from '../queries.ts'
import { ClockMark } from '../queue/clock-mark.tsx'
import { clockSentence, leadingClock } from '../queue/standing.ts'
import { ClockIntervals } from './clock-intervals.tsx'
import css from './clock-popover.module.css'
import { HeaderButton } from './header-button.tsx'

/** The ticket's clock in the header; opened it shows every interval that adds up to it, on both clocks. */
export function ClockPopover({ ticket }: { ticket: Ticket }) {
  const [open, setOpen] = useState(false)
  const mayReport = useMay('reports.read')
  const clock = leadingClock(ticket)
  const now = useNow()
  return (
    <Popover opened={open} onChange={setOpen} width={440} position="bottom-end" trapFocus>
      <Popover.Target>
        <HeaderButton label={t('clock.title')} onClick={() => setOpen(!open)}>
          {clock ? (
            <>
              <span className={css.words}>{t(`clock.target.${clock.target}`)}</span>
              <ClockMark ticket={ticket} />
            </>
          ) : (
            <span className={css.words}>{t('clock.noneShort')}</span>
          )}
        </HeaderButton>
      </Popover.Target>
      <Popover.Dropdown p={0} className={css.dropdown}>
        <div className={css.head}>
          <h3 className={css.title}>{t('clock.title')}</h3>
          {ticket.clocks.length === 0 && <p className={css.line}>{t('clock.none')}</p>}
          {ticket.clocks.map((one) => (
            <p key={one.target} className={css.line}>
              {one.state === 'fulfilled' || one.state === 'cancelled'
                ? t(`clock.state.${one.state}`, { what: t(`clock.target.${one.target}`) })
                : clockSentence(one, now)}
            </p>
          ))}
        </div>
        {mayReport && open && <Intervals ticket={ticket} />}
      </Popover.Dropdown>
    </Popover>
  )
}

function Intervals({ ticket }: { ticket: Ticket }) {
  const arithmetic = useQuery(arithmeticQuery(ticket.id))
  if (arithmetic.error) return <ErrorState compact error={arithmetic.error} onRetry={() => void arithmetic.refetch()} />
  if (!arithmetic.data) return <SkeletonRows rows={3} />
  return <ClockIntervals arithmetic={arithmetic.data} />
}

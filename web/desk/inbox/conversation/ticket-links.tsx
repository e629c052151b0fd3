import { IconLink } from '@tabler/icons-react'
import type { Ticket } from '#contract/inbox.ts'
import { t } from '../../messages/translate.ts'
import { paths } from '../../paths.ts'
import { Link } from '../../ui/link.tsx'
import css from './ticket-links.module.css'

/** Tickets this one belongs with, and why. */
export function TicketLinks({ ticket }: { ticket: Ticket }) {
  const { links } = ticket
  if (links.length === 0) return null
  return (
    <ul className={css.links} aria-label={t('ticket.links')}>
      {links.map(({ kind, ticketId, number }) => (
        <li key={ticketId}>
          <Link className={css.link} href={paths.ticket(ticketId)}>
            <IconLink size={16} stroke={1.5} aria-hidden />
            {t(`ticket.link.${kind === 'split' ? sideOf(ticket.number, number) : kind}`, { number: String(number) })}
          </Link>
        </li>
      ))}
    </ul>
  )
}

/** What is split off gets the later number. */
function sideOf(own: number, other: number): 'split.from' | 'split.into' {
  return other < own ? 'split.from' : 'split.into'
}

import { IconHistory } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { Priority, type Ticket } from '#contract/inbox.ts'
import type { Id } from '#contract/ids.ts'
import { t } from '../../messages/translate.ts'
import { useMay } from '../../session.ts'
import { useShortcut } from '../../shortcuts.ts'
import { announce } from '../../ui/announce.tsx'
import { BackToList, FoldedFacts } from '../../ui/folded-panes.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { usePanes } from '../../ui/panes-context.ts'
import { toast } from '../../ui/toast.tsx'
import { agentsQuery, teamsQuery } from '../queries.ts'
import { ChoiceMenu } from './choice-menu.tsx'
import { ClockPopover } from './clock-popover.tsx'
import { PersonPicker } from './person-picker.tsx'
import { PriorityMark } from './priority-mark.tsx'
import { StatusMark } from './status-mark.tsx'
import { SubjectField } from './subject-field.tsx'
import { TagsEditor } from './tags-editor.tsx'
import css from './ticket-header.module.css'
import { useTicketChange } from './use-ticket-change.ts'

const TicketMenu = lazy(() => import('./ticket-menu.tsx').then(({ TicketMenu }) => ({ default: TicketMenu })))

const statuses = ['open', 'pending', 'on_hold', 'solved'] as const

type Props = { ticket: Ticket; back: string; onHistory: () => void }

/** Subject, number and everything about a ticket that can be changed, each by its key. */
export function TicketHeader({ ticket, back, onHistory }: Props) {
  const mayWrite = useMay('tickets.write')
  const alone = !usePanes().both
  const mayManage = useMay('tickets.manage')
  const agents = useQuery(agentsQuery)
  const teams = useQuery(teamsQuery)
  const { mutate } = useTicketChange(ticket, {
    assignee: (id) => agents.data?.items.find((agent) => agent.id === id)?.name,
  })
  const noRole = mayWrite ? null : t('ticket.readOnly')
  const noStatus = noRole ?? (ticket.status === 'closed' ? t('ticket.closedStays') : null)
  const solve = (): void =>
    mutate({ status: 'solved' }, { onSuccess: ({ number }) => toast(t('ticket.solved', { number: String(number) })) })
  const isDone = ticket.status === 'solved' || ticket.status === 'closed'
  useShortcut(mayWrite && !isDone && { keys: 'e', label: t('ticket.solve'), run: solve })
  const teamChoices = (teams.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))
  return (
    <header className={css.header}>
      <div className={css.line}>
        <BackToList href={back} />
        {/* The list, whose title is the page's heading, is not beside it. */}
        {alone && <h1 className="sr-only">{t('pane.main')}</h1>}
        <SubjectField
          key={ticket.id}
          subject={ticket.subject}
          mayChange={mayWrite}
          onChange={(subject) => mutate({ subject })}
        />
        <span className={css.number}>#{ticket.number}</span>
        <IconButton icon={IconHistory} label={t('history.open')} onClick={onHistory} />
        {mayManage && (
          <Suspense>
            <TicketMenu ticket={ticket} back={back} />
          </Suspense>
        )}
        <FoldedFacts />
      </div>
      <div className={css.line}>
        <div className={css.fields}>
          <ChoiceMenu
            label={t('ticket.status')}
            action={t('ticket.setStatus')}
            keys="s"
            current={ticket.status === 'new' || ticket.status === 'closed' ? 'open' : ticket.status}
            choices={statuses.map((value) => ({
              value,
              label: t(`status.${value}`),
              mark: <StatusMark status={value} quiet />,
            }))}
            reason={noStatus}
            onChoose={(status) => {
              mutate({ status })
              announce(t('ticket.statusNow', { status: t(`status.${status}`) }))
            }}
          >
            <StatusMark status={ticket.status} />
          </ChoiceMenu>
          <ChoiceMenu
            label={t('ticket.priority')}
            action={t('ticket.setPriority')}
            keys="p"
            current={ticket.priority}
            choices={Priority.options.map((value) => ({
              value,
              label: t(`priority.${value}`),
              mark: <PriorityMark priority={value} always />,
            }))}
            reason={noRole}
            onChoose={(priority) => mutate({ priority })}
          >
            <PriorityMark priority={ticket.priority} always />
            <span className={css.wide}>{t(`priority.${ticket.priority}`)}</span>
          </ChoiceMenu>
          <PersonPicker
            current={ticket.assigneeId ? { id: ticket.assigneeId, name: ticket.assigneeName } : null}
            reason={noRole}
            onChoose={(id) => mutate({ assigneeId: id as Id<'agt'> | null })}
          />
          {teamChoices.length > 1 && (
            <ChoiceMenu
              label={t('ticket.team')}
              action={t('ticket.setTeam')}
              current={ticket.teamId}
              choices={teamChoices}
              reason={noRole}
              onChoose={(teamId) => mutate({ teamId: teamId as Id<'tea'> })}
            >
              {teamChoices.find(({ value }) => value === ticket.teamId)?.label ?? t('ticket.team')}
            </ChoiceMenu>
          )}
          <TagsEditor tags={ticket.tags} reason={noRole} onChange={(tags) => mutate({ tags })} />
        </div>
        <ClockPopover ticket={ticket} />
      </div>
    </header>
  )
}

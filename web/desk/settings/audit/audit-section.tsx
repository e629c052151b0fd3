import { IconHistory, IconLock } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type LedgerEvent, listAudit } from '#contract/events.ts'
import { useRefusal } from '../../access.ts'
import { readPages } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import { useSearchText } from '../../page-params.ts'
import { paths } from '../../paths.ts'
import { Card } from '../../ui/card.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Link } from '../../ui/link.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { agentsQuery, teamsQuery } from '../org-queries.ts'
import css from './audit.module.css'
import { AuditFilters } from './audit-filters.tsx'
import { dataWords } from './data-words.ts'
import { typeWords } from './event-types.ts'

const auditQuery = (type: string, actorId: string) =>
  readPages(listAudit, { query: { limit: 50, ...(type && { type }), ...(actorId && { actorId }) } }, [
    'settings',
    'agent',
    'api_key',
    'mailbox',
    'team',
    'policy',
    'calendar',
  ])

export function AuditSection() {
  const refusal = useRefusal('audit.read')
  if (refusal)
    return (
      <Card>
        <EmptyState icon={IconLock} title={t('audit.locked')} hint={refusal} />
      </Card>
    )
  return <Ledger />
}

function Ledger() {
  const [type, setType] = useSearchText('type')
  const [actorId, setActorId] = useSearchText('actor')
  const events = useInfiniteQuery(auditQuery(type, actorId))
  const agents = useInfiniteQuery(agentsQuery)
  const teams = useInfiniteQuery(teamsQuery)
  const names = new Map([...(agents.data ?? []), ...(teams.data ?? [])].map(({ id, name }) => [id as string, name]))

  const columns: Column<LedgerEvent>[] = [
    {
      key: 'at',
      header: t('audit.when'),
      width: '88px',
      cell: ({ occurredAt }) => <RelativeTime at={occurredAt} />,
    },
    {
      key: 'who',
      header: t('audit.who'),
      width: '24%',
      cell: ({ actor }) => actor.name ?? <span className="muted">{t(`audit.actor.${actor.kind}`)}</span>,
    },
    {
      key: 'what',
      header: t('audit.what'),
      cell: (event) => (
        <>
          <div>{typeWords(event.type)}</div>
          <Data text={dataWords(event, names)} />
        </>
      ),
    },
    {
      key: 'ticket',
      header: <span className="sr-only">{t('audit.ticket')}</span>,
      align: 'right',
      width: '96px',
      wide: true,
      cell: ({ ticketId }) =>
        ticketId && (
          <Link className="link" href={paths.ticket(ticketId)}>
            {t('audit.ticket')}
          </Link>
        ),
    },
  ]
  return (
    <>
      <AuditFilters
        type={type}
        actorId={actorId}
        agents={agents.data ?? []}
        seen={(events.data ?? []).map((event) => event.type)}
        onType={setType}
        onActor={setActorId}
      />
      <Card flush>
        <Loaded query={events}>
          {(rows) => (
            <DataTable
              label={t('settings.section.audit')}
              columns={columns}
              rows={rows}
              keyOf={({ id }) => id}
              paging={events}
              empty={
                <EmptyState
                  icon={IconHistory}
                  title={type || actorId ? t('audit.none.filtered') : t('audit.none.title')}
                  hint={t('audit.none.hint')}
                />
              }
            />
          )}
        </Loaded>
      </Card>
    </>
  )
}

/** Two lines; all of it by a click, since the ledger leaves nothing out. */
function Data({ text }: { text: string }) {
  const [open, setOpen] = useState(false)
  if (text.length < 90) return <div className={css.data}>{text}</div>
  return (
    <button
      type="button"
      className={css.data}
      data-folded={!open || undefined}
      aria-expanded={open}
      onClick={() => setOpen(!open)}
    >
      {text}
    </button>
  )
}

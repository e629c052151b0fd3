import { Button, Modal } from '@mantine/core'
import { IconPlus, IconShieldCheck, IconUsers } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Agent } from '#contract/team.ts'
import { roleNames, useRefusal } from '../../access.ts'
import { t } from '../../messages/translate.ts'
import { useMe } from '../../session.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Card } from '../../ui/card.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { DisabledReason } from '../../ui/disabled-reason.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Notice } from '../../ui/notice.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { agentsQuery, teamsQuery } from '../org-queries.ts'
import css from '../settings-form.module.css'
import { AgentForm } from './agent-form.tsx'
import { AgentMenu } from './agent-menu.tsx'
import { InviteForm } from './invite-form.tsx'
import { OneTimeLink } from './one-time-link.tsx'

type Dialog = { kind: 'invite' } | { kind: 'edit'; agent: Agent } | { kind: 'link'; name: string; url: string }

const stateTones = { active: 'done', invited: 'warn', disabled: 'neutral' } as const

export function PeopleSection() {
  const refusal = useRefusal('team.manage')
  const { agent: me } = useMe()
  const agents = useInfiniteQuery(agentsQuery)
  const teams = useInfiniteQuery(teamsQuery)
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const close = (): void => setDialog(null)
  const link = (name: string, url: string): void => setDialog({ kind: 'link', name, url })

  const columns: Column<Agent>[] = [
    {
      key: 'name',
      header: t('people.name'),
      cell: ({ id, name, email }) => (
        <div className={css.who}>
          <Avatar name={name} seed={id} />
          <div>
            <div className={css.name}>
              {name}
              {id === me?.id && <span className="muted"> {t('people.you')}</span>}
            </div>
            <div className={css.sub}>{email}</div>
          </div>
        </div>
      ),
    },
    { key: 'roles', header: t('people.roles'), cell: ({ roles }) => roleNames(roles) },
    {
      key: 'sees',
      header: t('people.sees'),
      wide: true,
      cell: ({ visibility, teamIds }) => {
        const names = (teams.data ?? []).filter(({ id }) => teamIds.includes(id)).map(({ name }) => name)
        return (
          <>
            <div>{visibility === 'all' ? t('people.sees.all') : t('people.sees.teams')}</div>
            <div className={css.sub}>{names.join(', ')}</div>
          </>
        )
      },
    },
    {
      key: 'state',
      header: t('people.state'),
      width: '132px',
      wide: true,
      cell: ({ state, totp }) => (
        <div className={css.badges}>
          <StatusBadge tone={stateTones[state]}>{t(`people.state.${state}`)}</StatusBadge>
          {totp && (
            <StatusBadge tone="neutral" icon={IconShieldCheck} title={t('people.codes.hint')}>
              {t('people.codes')}
            </StatusBadge>
          )}
        </div>
      ),
    },
    {
      key: 'more',
      header: <span className="sr-only">{t('people.more')}</span>,
      align: 'right',
      width: '52px',
      cell: (agent) => (
        <AgentMenu
          agent={agent}
          refusal={refusal}
          isMe={agent.id === me?.id}
          onEdit={() => setDialog({ kind: 'edit', agent })}
          onLink={(url) => link(agent.name, url)}
        />
      ),
    },
  ]
  return (
    <>
      {refusal && <Notice kind="locked">{refusal}</Notice>}
      <Card
        flush
        title={t('settings.section.agents')}
        aside={
          <DisabledReason reason={refusal}>
            <Button leftSection={<IconPlus size={16} stroke={1.75} />} onClick={() => setDialog({ kind: 'invite' })}>
              {t('people.invite')}
            </Button>
          </DisabledReason>
        }
      >
        <Loaded query={agents}>
          {(rows) => (
            <DataTable
              label={t('settings.section.agents')}
              columns={columns}
              rows={rows}
              keyOf={({ id }) => id}
              paging={agents}
              empty={<EmptyState icon={IconUsers} title={t('people.none.title')} hint={t('people.none.hint')} />}
            />
          )}
        </Loaded>
      </Card>
      <Modal
        opened={dialog !== null}
        onClose={close}
        // A link that is shown once must not vanish by a click beside it.
        closeOnClickOutside={dialog?.kind === 'edit'}
        title={dialog && titleOf(dialog)}
        closeButtonProps={{ 'aria-label': t('ui.close') }}
      >
        {dialog?.kind === 'invite' && (
          <Loaded query={teams}>{(all) => <InviteForm teams={all} onCancel={close} onLink={link} />}</Loaded>
        )}
        {dialog?.kind === 'edit' && (
          <Loaded query={teams}>{(all) => <AgentForm agent={dialog.agent} teams={all} onDone={close} />}</Loaded>
        )}
        {dialog?.kind === 'link' && <OneTimeLink name={dialog.name} url={dialog.url} onDone={close} />}
      </Modal>
    </>
  )
}

function titleOf(dialog: Dialog): string {
  if (dialog.kind === 'invite') return t('people.invite')
  if (dialog.kind === 'edit') return t('people.edit.title', { name: dialog.agent.name })
  return t('people.link.title', { name: dialog.name })
}

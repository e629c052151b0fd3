import { Button, Modal } from '@mantine/core'
import { IconEdit, IconPlus, IconUsersGroup } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Team } from '#contract/team.ts'
import { useRefusal } from '../../access.ts'
import { t } from '../../messages/translate.ts'
import { Card } from '../../ui/card.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { DisabledReason } from '../../ui/disabled-reason.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Notice } from '../../ui/notice.tsx'
import { teamsQuery } from '../org-queries.ts'
import css from '../settings-form.module.css'
import { TeamForm } from './team-form.tsx'

export function TeamsSection() {
  const refusal = useRefusal('team.manage')
  const teams = useInfiniteQuery(teamsQuery)
  const [open, setOpen] = useState<Team | 'new' | null>(null)
  const close = (): void => setOpen(null)

  const columns: Column<Team>[] = [
    { key: 'name', header: t('teams.name'), cell: ({ name }) => <span className={css.name}>{name}</span> },
    { key: 'members', header: t('teams.members'), align: 'right', width: '96px', cell: ({ members }) => members },
    {
      key: 'signature',
      header: t('teams.signature'),
      wide: true,
      cell: ({ signature }) => (
        <span className={css.sub}>{signature.trim().split('\n')[0] || t('teams.signature.none')}</span>
      ),
    },
    {
      key: 'edit',
      header: <span className="sr-only">{t('settings.editColumn')}</span>,
      align: 'right',
      width: '52px',
      cell: (team) => (
        <DisabledReason reason={refusal}>
          <IconButton icon={IconEdit} label={t('settings.edit', { name: team.name })} onClick={() => setOpen(team)} />
        </DisabledReason>
      ),
    },
  ]
  return (
    <>
      {refusal && <Notice kind="locked">{refusal}</Notice>}
      <Card
        flush
        title={t('settings.section.teams')}
        aside={
          <DisabledReason reason={refusal}>
            <Button leftSection={<IconPlus size={16} stroke={1.75} />} onClick={() => setOpen('new')}>
              {t('teams.add')}
            </Button>
          </DisabledReason>
        }
      >
        <Loaded query={teams}>
          {(rows) => (
            <DataTable
              label={t('settings.section.teams')}
              columns={columns}
              rows={rows}
              keyOf={({ id }) => id}
              paging={teams}
              empty={<EmptyState icon={IconUsersGroup} title={t('teams.none.title')} hint={t('teams.none.hint')} />}
            />
          )}
        </Loaded>
      </Card>
      <Modal
        opened={open !== null}
        onClose={close}
        title={open === 'new' ? t('teams.add') : t('teams.edit.title', { name: open?.name ?? '' })}
        closeButtonProps={{ 'aria-label': t('ui.close') }}
      >
        {open && <TeamForm team={open === 'new' ? null : open} onDone={close} />}
      </Modal>
    </>
  )
}

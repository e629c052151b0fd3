import { Button } from '@mantine/core'
import { IconPlugConnected, IconPlus } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ProductAction } from '#contract/product.ts'
import { productActionsQuery } from '../../billing/queries.ts'
import { t } from '../../messages/translate.ts'
import { Card } from '../../ui/card.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import css from '../settings-form.module.css'
import { ActionSheet } from './action-sheet.tsx'

/** What the product may be asked to do, each with who must approve it. */
export function ActionsCard() {
  const actions = useInfiniteQuery(productActionsQuery)
  // What was open stays drawn while it closes, so that the focus goes back to its button.
  const [layer, setLayer] = useState<{ action: ProductAction | null; times: number } | null>(null)
  const [opened, setOpened] = useState(false)
  const open = (action: ProductAction | null): void => {
    setLayer({ action, times: (layer?.times ?? 0) + 1 })
    setOpened(true)
  }
  const columns: Column<ProductAction>[] = [
    {
      key: 'name',
      header: t('actions.name'),
      cell: ({ definition: { title, name } }) => (
        <>
          <div className={css.name}>{title}</div>
          <code className={css.sub}>{name}</code>
        </>
      ),
    },
    { key: 'approval', header: t('actions.approval'), wide: true, cell: approvalText },
    {
      key: 'state',
      header: t('actions.state'),
      width: '80px',
      cell: ({ definition: { enabled } }) => (
        <StatusBadge quiet tone={enabled ? 'done' : 'neutral'}>
          {t(enabled ? 'actions.on' : 'actions.off')}
        </StatusBadge>
      ),
    },
    {
      key: 'edit',
      header: <span className="sr-only">{t('actions.edit')}</span>,
      align: 'right',
      width: '80px',
      cell: (action) => (
        <Button
          size="xs"
          variant="default"
          aria-label={t('actions.editOf', { title: action.definition.title })}
          onClick={() => open(action)}
        >
          {t('actions.edit')}
        </Button>
      ),
    },
  ]
  return (
    <>
      <Card
        flush
        title={t('actions.title')}
        aside={
          <Button leftSection={<IconPlus size={16} stroke={1.75} />} onClick={() => open(null)}>
            {t('actions.add')}
          </Button>
        }
      >
        <Loaded query={actions}>
          {(rows) => (
            <DataTable
              label={t('actions.title')}
              columns={columns}
              rows={rows}
              keyOf={({ id }) => id}
              paging={actions}
              empty={
                <EmptyState icon={IconPlugConnected} title={t('actions.none.title')} hint={t('actions.none.hint')} />
              }
            />
          )}
        </Loaded>
      </Card>
      {layer && (
        <ActionSheet key={layer.times} action={layer.action} opened={opened} onClose={() => setOpened(false)} />
      )}
    </>
  )
}

function approvalText({ definition: { approval, parameters } }: ProductAction): string {
  const role = t(`actions.approval.${approval.role}`)
  const { above } = approval
  const label = parameters.find(({ name }) => name === above?.parameter)?.label
  return above && approval.role !== 'none'
    ? t('actions.above', { role, value: `${String(above.value)} ${label ?? ''}`.trim() })
    : role
}

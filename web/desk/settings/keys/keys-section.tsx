import { Button, Modal } from '@mantine/core'
import { IconKey, IconLock, IconPlus } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { type ApiKey, listApiKeys, revokeApiKey } from '#contract/team.ts'
import { useRefusal } from '../../access.ts'
import { call, keyOf, readPages } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import { queryClient } from '../../query-client.ts'
import { Card } from '../../ui/card.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { errorToast, toast } from '../../ui/toast.tsx'
import { agentsQuery } from '../org-queries.ts'
import css from '../settings-form.module.css'
import { NewKey } from './new-key.tsx'

const keysQuery = readPages(listApiKeys, { query: { limit: 100 } }, ['api_key'])

export function KeysSection() {
  const refusal = useRefusal('keys.manage')
  if (refusal)
    return (
      <Card>
        <EmptyState icon={IconLock} title={t('keys.locked')} hint={refusal} />
      </Card>
    )
  return <Keys />
}

function Keys() {
  const keys = useInfiniteQuery(keysQuery)
  const agents = useInfiniteQuery(agentsQuery)
  const [adding, setAdding] = useState(false)
  const revoke = useMutation({
    mutationFn: (key: ApiKey) => call(revokeApiKey, { params: { id: key.id } }),
    onSuccess: (_, key) => {
      toast(t('keys.revoked', { name: key.name }))
      void queryClient.invalidateQueries({ queryKey: keyOf(listApiKeys) })
    },
    onError: errorToast,
  })
  const ask = async (key: ApiKey): Promise<void> => {
    const { name } = key
    if (
      await confirm({
        title: t('keys.revoke.ask', { name }),
        body: t('keys.revoke.body'),
        action: t('keys.revoke'),
        danger: true,
      })
    )
      revoke.mutate(key)
  }
  const columns: Column<ApiKey>[] = [
    {
      key: 'name',
      header: t('keys.name'),
      cell: ({ name, hint }) => (
        <>
          <div className={css.name}>{name}</div>
          <code className={css.sub}>{hint}…</code>
        </>
      ),
    },
    { key: 'role', header: t('keys.role'), width: '96px', cell: ({ role }) => t(`role.${role}`) },
    {
      key: 'owner',
      header: t('keys.owner'),
      wide: true,
      cell: ({ ownerId }) =>
        ownerId ? (
          agents.data?.find(({ id }) => id === ownerId)?.name
        ) : (
          <span className="muted">{t('keys.owner.desk')}</span>
        ),
    },
    {
      key: 'used',
      header: t('keys.used'),
      width: '112px',
      wide: true,
      cell: ({ lastUsedAt }) =>
        lastUsedAt ? <RelativeTime at={lastUsedAt} /> : <span className="muted">{t('keys.used.never')}</span>,
    },
    {
      key: 'revoke',
      header: <span className="sr-only">{t('keys.revoke')}</span>,
      align: 'right',
      width: '96px',
      cell: (key) => (
        <Button
          size="xs"
          variant="default"
          aria-label={t('keys.revoke.of', { name: key.name })}
          onClick={() => void ask(key)}
        >
          {t('keys.revoke')}
        </Button>
      ),
    },
  ]
  return (
    <>
      <Card
        flush
        title={t('settings.section.keys')}
        aside={
          <Button leftSection={<IconPlus size={16} stroke={1.75} />} onClick={() => setAdding(true)}>
            {t('keys.add')}
          </Button>
        }
      >
        <Loaded query={keys}>
          {(rows) => (
            <DataTable
              label={t('settings.section.keys')}
              columns={columns}
              rows={rows}
              keyOf={({ id }) => id}
              paging={keys}
              empty={<EmptyState icon={IconKey} title={t('keys.none.title')} hint={t('keys.none.hint')} />}
            />
          )}
        </Loaded>
      </Card>
      <Modal
        opened={adding}
        onClose={() => setAdding(false)}
        closeOnClickOutside={false}
        title={t('keys.add')}
        closeButtonProps={{ 'aria-label': t('ui.close') }}
      >
        {adding && <NewKey onDone={() => setAdding(false)} />}
      </Modal>
    </>
  )
}

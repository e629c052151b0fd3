import { Button } from '@mantine/core'
import { IconMail, IconPlus } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { listMailboxes, type Mailbox } from '#contract/mailboxes.ts'
import { useRefusal } from '../../access.ts'
import { readPages } from '../../api.ts'
import { mailboxHealthQuery } from '../../custody/mailbox-health-look.ts'
import { t } from '../../messages/translate.ts'
import { useMe } from '../../session.ts'
import { Card } from '../../ui/card.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { DisabledReason } from '../../ui/disabled-reason.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FactsList } from '../../ui/facts-list.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Notice } from '../../ui/notice.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { teamsQuery } from '../org-queries.ts'
import css from '../settings-form.module.css'
import { MailboxActions, type MailboxLayer } from './mailbox-actions.tsx'
import { MailboxSheet } from './mailbox-sheet.tsx'
import { MailboxState } from './mailbox-state.tsx'
import own from './mailboxes.module.css'

const mailboxesQuery = readPages(listMailboxes, { query: { limit: 100 } }, ['mailbox'])

const FeedSheet = lazy(() => import('./feed-sheet.tsx').then(({ FeedSheet: component }) => ({ default: component })))
const SenderSheet = lazy(() => import('./sender-sheet.tsx').then(({ SenderSheet }) => ({ default: SenderSheet })))
const SigningCard = lazy(() => import('./signing-card.tsx').then(({ SigningCard }) => ({ default: SigningCard })))

export function MailboxesSection() {
  const refusal = useRefusal('settings.write')
  const mailboxes = useInfiniteQuery(mailboxesQuery)
  const teams = useInfiniteQuery(teamsQuery)
  const mayAsk = useMe().permissions.includes('custody.read')
  const health = useQuery({ ...mailboxHealthQuery, enabled: mayAsk })
  // What was open stays drawn while it closes, so that the focus goes back to its button.
  const [layer, setLayer] = useState<{ of: Mailbox | null; what: MailboxLayer; times: number } | null>(null)
  const [opened, setOpened] = useState(false)
  const open = (what: MailboxLayer, of: Mailbox | null): void => {
    setLayer({ of, what, times: (layer?.times ?? 0) + 1 })
    setOpened(true)
  }
  const close = (): void => setOpened(false)
  const shown = mailboxes.data?.find(({ id }) => id === layer?.of?.id) ?? null
  const stateOf = ({ id }: Mailbox) => health.data?.mailboxes.find(({ mailboxId }) => mailboxId === id)?.state

  const columns: Column<Mailbox>[] = [
    {
      key: 'address',
      header: t('mailboxes.address'),
      cell: (mailbox) => (
        <>
          <div className={css.name}>{mailbox.address}</div>
          {mailbox.name !== mailbox.address && <div className={css.sub}>{mailbox.name}</div>}
          {mailbox.aliases.length > 0 && (
            <div className={css.sub}>{t('mailboxes.alsoFor', { addresses: mailbox.aliases.join(', ') })}</div>
          )}
          <div className={own.narrow}>
            <MailboxState enabled={mailbox.enabled} state={stateOf(mailbox)} />
          </div>
        </>
      ),
    },
    {
      key: 'team',
      header: t('mailboxes.team'),
      wide: true,
      cell: ({ teamId }) => teams.data?.find(({ id }) => id === teamId)?.name,
    },
    {
      key: 'ack',
      header: t('mailboxes.acknowledgement'),
      wide: true,
      cell: ({ autoAcknowledge }) => (
        <StatusBadge quiet tone={autoAcknowledge ? 'done' : 'neutral'}>
          {autoAcknowledge ? t('mailboxes.on') : t('mailboxes.off')}
        </StatusBadge>
      ),
    },
    {
      key: 'state',
      header: t('mailboxes.state'),
      wide: true,
      cell: (mailbox) => <MailboxState enabled={mailbox.enabled} state={stateOf(mailbox)} />,
    },
    {
      key: 'edit',
      header: <span className="sr-only">{t('settings.editColumn')}</span>,
      align: 'right',
      width: '1%',
      cell: (mailbox) => <MailboxActions mailbox={mailbox} refusal={refusal} onOpen={open} />,
    },
  ]
  const add = (
    <DisabledReason reason={refusal}>
      <Button leftSection={<IconPlus size={16} stroke={1.75} />} onClick={() => open('form', null)}>
        {t('mailboxes.add')}
      </Button>
    </DisabledReason>
  )
  return (
    <>
      {refusal && <Notice kind="locked">{refusal}</Notice>}
      <Card flush title={t('settings.section.mailboxes')} aside={add}>
        <Loaded query={mailboxes}>
          {(rows) => (
            <DataTable
              label={t('settings.section.mailboxes')}
              columns={columns}
              rows={rows}
              keyOf={({ id }) => id}
              paging={mailboxes}
              empty={<EmptyState icon={IconMail} title={t('mailboxes.none.title')} hint={t('mailboxes.none.hint')} />}
            />
          )}
        </Loaded>
      </Card>
      <Suspense>{!refusal && <SigningCard />}</Suspense>
      <Card title={t('mailboxes.how')}>
        <FactsList
          facts={(['port', 'mx', 'forward', 'refused'] as const).map((what) => ({
            label: t(`mailboxes.how.${what}`),
            value: t(`mailboxes.how.${what}.value`),
          }))}
        />
      </Card>
      <Suspense>
        {layer?.what === 'form' && <MailboxSheet key={layer.times} mailbox={shown} opened={opened} onClose={close} />}
        {layer?.what === 'feed' && shown && (
          <FeedSheet key={layer.times} mailbox={shown} opened={opened} onClose={close} />
        )}
        {layer?.what === 'sender' && shown && (
          <SenderSheet key={layer.times} mailbox={shown} opened={opened} onClose={close} />
        )}
      </Suspense>
    </>
  )
}

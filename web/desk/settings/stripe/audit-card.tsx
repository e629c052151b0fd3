import { Button } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { auditMirror, getMirrorStatus, type MirrorStatus } from '#contract/billing-mirror.ts'
import { useRefusal } from '../../access.ts'
import { call, keyOf } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import { queryClient } from '../../query-client.ts'
import { Card } from '../../ui/card.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { DisabledReason } from '../../ui/disabled-reason.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Notice } from '../../ui/notice.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { errorToast, toast } from '../../ui/toast.tsx'
import css from '../settings-form.module.css'

type Drift = MirrorStatus['drifts'][number]

const columns = (): Column<Drift>[] => [
  {
    key: 'object',
    header: t('stripe.drift.object'),
    cell: ({ kind, id }) => (
      <>
        <div className={css.name}>{id}</div>
        <div className={css.sub}>{kind.replaceAll('_', ' ')}</div>
      </>
    ),
  },
  {
    key: 'fields',
    header: t('stripe.drift.fields'),
    cell: ({ fields }) => (fields.join() === 'gone' ? t('stripe.drift.gone') : fields.join(', ')),
  },
  {
    key: 'when',
    header: t('stripe.drift.when'),
    width: '140px',
    cell: ({ foundAt }) => <RelativeTime at={foundAt} />,
  },
]

/** What the nightly comparison found, and a button to compare now. */
export function AuditCard({ mirror: { lastAudit, drifts, copy, account } }: { mirror: MirrorStatus }) {
  const refusal = useRefusal('settings.write')
  const audit = useMutation({
    mutationFn: () => call(auditMirror, { query: { account } }),
    onSuccess: () => {
      toast(t('stripe.audit.begun'))
      void queryClient.invalidateQueries({ queryKey: keyOf(getMirrorStatus) })
    },
    onError: errorToast,
  })
  return (
    <Card title={t('stripe.audit')} aside={lastAudit && <RelativeTime at={lastAudit.at} />}>
      <div className={css.stack}>
        <p className={`muted ${css.hint}`}>{t('stripe.audit.hint')}</p>
        {lastAudit && lastAudit.drifted > 0 ? (
          <Notice kind="warn">{resultOf(lastAudit)}</Notice>
        ) : (
          <p role="status">{lastAudit ? resultOf(lastAudit) : t('stripe.audit.none')}</p>
        )}
        <DataTable
          label={t('stripe.audit')}
          columns={columns()}
          rows={drifts}
          keyOf={({ kind, id, foundAt }) => `${kind} ${id} ${foundAt}`}
          empty={
            <EmptyState
              icon={IconCircleCheck}
              title={t('stripe.drift.none.title')}
              hint={t('stripe.drift.none.hint')}
            />
          }
        />
        <div className={css.buttons}>
          <DisabledReason reason={refusal}>
            <Button
              variant="default"
              disabled={copy?.state !== 'done'}
              loading={audit.isPending}
              onClick={() => audit.mutate()}
            >
              {t('stripe.audit.now')}
            </Button>
          </DisabledReason>
        </div>
      </div>
    </Card>
  )
}

function resultOf({ sampled, unread, drifted }: NonNullable<MirrorStatus['lastAudit']>): string {
  const result =
    drifted > 0 ? t('stripe.audit.drifted', { drifted, sampled }) : t('stripe.audit.good', { count: sampled - unread })
  return unread > 0 ? `${result} ${t('stripe.audit.unread', { unread })}` : result
}

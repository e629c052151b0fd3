import { Button, Progress } from '@mantine/core'
import {
  type Icon,
  IconArrowBackUp,
  IconCheck,
  IconClock,
  IconPlayerPause,
  IconPlayerPlay,
  IconUpload,
  IconX,
} from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { changeImport, type Import, listImports } from '#contract/imports.ts'
import { call, keyOf } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import { queryClient } from '../../query-client.ts'
import type { Tone } from '../../tokens.ts'
import { confirm } from '../../ui/confirm.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { errorToast } from '../../ui/toast.tsx'
import css from './import.module.css'

const looks: Record<Import['state'], { tone: Tone; icon: Icon }> = {
  uploading: { tone: 'customer', icon: IconUpload },
  running: { tone: 'customer', icon: IconClock },
  paused: { tone: 'warn', icon: IconPlayerPause },
  done: { tone: 'done', icon: IconCheck },
  failed: { tone: 'danger', icon: IconX },
  undoing: { tone: 'warn', icon: IconArrowBackUp },
  undone: { tone: 'neutral', icon: IconArrowBackUp },
}

type Action = 'pause' | 'resume' | 'undo'

/** One import: how far it is, what became of its mails, and what can be done with it. */
export function ImportRow({ item }: { item: Import }) {
  const change = useMutation({
    mutationFn: (action: Action) => call(changeImport, { params: { id: item.id }, body: { action } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keyOf(listImports) }),
    onError: errorToast,
  })
  const { state, read, filed, duplicates, parked, leftOut, removed, kept } = item
  const { tone, icon } = looks[state]
  const undo = async (): Promise<void> => {
    const sure = await confirm({
      title: t('import.undo.title', { name: item.name }),
      body: t('import.undo.body'),
      action: t('import.undo'),
      danger: true,
    })
    if (sure) change.mutate('undo')
  }
  const percent = (100 * item.done) / Math.max(1, item.total)
  const counts = [
    t('import.read', { count: read }),
    t('import.filed', { n: filed }),
    t('import.duplicates', { n: duplicates }),
    t('import.parked', { n: parked }),
    ...(leftOut > 0 ? [t('import.leftOut', { n: leftOut })] : []),
  ]
  return (
    <li className={css.row}>
      <div className={css.head}>
        <span className={css.name}>{item.name}</span>
        <StatusBadge tone={tone} icon={icon}>
          {t(`import.state.${state}`)}
        </StatusBadge>
        <span className="muted">
          <RelativeTime at={item.createdAt} />
        </span>
      </div>
      <p className="muted">{t('import.into', { address: item.mailbox.address })}</p>
      {(state === 'running' || state === 'uploading' || state === 'paused') && (
        <Progress value={percent} aria-label={t('import.progress', { name: item.name })} />
      )}
      <p className={css.counts}>{counts.join(' · ')}</p>
      {state === 'undone' && (
        <p className={css.counts}>
          {kept === 0 ? t('import.undone.all', { count: removed }) : t('import.undone', { removed, kept })}
        </p>
      )}
      {item.trouble && <p className={css.trouble}>{item.trouble}</p>}
      <div className={css.actions}>
        {state === 'running' && (
          <Act label={t('import.pause')} icon={IconPlayerPause} onClick={() => change.mutate('pause')} />
        )}
        {(state === 'paused' || state === 'failed') && (
          <Act label={t('import.resume')} icon={IconPlayerPlay} onClick={() => change.mutate('resume')} />
        )}
        {['uploading', 'paused', 'failed', 'done'].includes(state) && (
          <Act label={t('import.undo')} icon={IconArrowBackUp} onClick={() => void undo()} />
        )}
      </div>
    </li>
  )
}

function Act({ label, icon: Mark, onClick }: { label: string; icon: Icon; onClick: () => void }) {
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<Mark size={14} stroke={1.75} aria-hidden />}
      onClick={onClick}
    >
      {label}
    </Button>
  )
}

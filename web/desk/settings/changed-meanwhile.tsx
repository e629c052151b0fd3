import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { listAudit } from '#contract/events.ts'
import { read } from '../api.ts'
import { t } from '../messages/translate.ts'
import { useMay } from '../session.ts'
import { Notice } from '../ui/notice.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'

type Props = { show: boolean; type: 'settings.changed' | 'calendar.changed'; onReload: () => void; onKeep: () => void }

/** Somebody else saved while this form was being filled in: says who and when, and asks which of the two should stand. */
export function ChangedMeanwhile({ show, type, onReload, onKeep }: Props) {
  const mayAudit = useMay('audit.read')
  const topic = type.startsWith('settings') ? 'settings' : 'calendar'
  const last = useQuery({ ...read(listAudit, { query: { type, limit: 1 } }, [topic]), enabled: show && mayAudit })
  if (!show) return null
  const event = last.data?.items[0]
  return (
    <Notice
      kind="warn"
      actions={
        <>
          <Button size="xs" variant="default" onClick={onReload}>
            {t('settings.meanwhile.reload')}
          </Button>
          <Button size="xs" variant="default" onClick={onKeep}>
            {t('settings.meanwhile.keep')}
          </Button>
        </>
      }
    >
      <span role="alert">
        {t('settings.meanwhile', { who: event?.actor.name ?? t('settings.meanwhile.somebody') })}{' '}
        {event && <RelativeTime at={event.occurredAt} />}
      </span>
    </Notice>
  )
}

import { Button } from '@mantine/core'
import {
  IconAlertTriangle,
  IconCheck,
  IconClock,
  IconMailQuestion,
  IconMailX,
  IconSend,
  type Icon,
} from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { retryDelivery } from '#contract/deliveries.ts'
import { type Delivery, type Message, resendMessage, settleDelivery } from '#contract/inbox.ts'
import { call } from '../../api.ts'
import { useNow } from '../../clock.ts'
import { t } from '../../messages/translate.ts'
import { queryClient } from '../../query-client.ts'
import type { Tone } from '../../tokens.ts'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { exactTime } from '../../ui/time-words.ts'
import { errorToast } from '../../ui/toast.tsx'
import { takeBack } from '../composer/take-back.ts'
import { messagesQuery } from '../queries.ts'
import css from './delivery-line.module.css'

const DeliverySheet = lazy(() =>
  import('./delivery-sheet.tsx').then(({ DeliverySheet }) => ({ default: DeliverySheet })),
)

type Props = { message: Message; delivery: Delivery; mayWrite: boolean }

const looks: Record<Delivery['state'], { tone: Tone; icon: Icon }> = {
  scheduled: { tone: 'accent', icon: IconClock },
  queued: { tone: 'neutral', icon: IconSend },
  handing_over: { tone: 'neutral', icon: IconSend },
  sent: { tone: 'done', icon: IconCheck },
  unknown: { tone: 'danger', icon: IconMailQuestion },
  failed: { tone: 'danger', icon: IconMailX },
  bounced: { tone: 'danger', icon: IconAlertTriangle },
  cancelled: { tone: 'neutral', icon: IconMailX },
}

/** How far a message of ours has come, and what its owner can do where only a person can decide. */
export function DeliveryLine({ message, delivery, mayWrite }: Props) {
  const { state, error } = delivery
  const refresh = (): void => {
    void queryClient.invalidateQueries({ queryKey: messagesQuery(message.ticketId).queryKey })
  }
  const input = { params: { id: message.id } }
  const resend = useMutation({
    mutationFn: (sendAnyway: boolean) => call(resendMessage, { ...input, body: sendAnyway ? { sendAnyway } : {} }),
    onSuccess: refresh,
    onError: async (error) => {
      const { askAnyway } = await import('./ask-anyway.ts')
      if (await askAnyway(error)) resend.mutate(true)
    },
  })
  const settle = useMutation({ mutationFn: () => call(settleDelivery, input), onSuccess: refresh, onError: errorToast })
  const retry = useMutation({ mutationFn: () => call(retryDelivery, input), onSuccess: refresh, onError: errorToast })
  const [details, setDetails] = useState(false)
  const waits = state === 'queued' && delivery.retryAt !== null
  const undo = useMutation({ mutationFn: () => takeBack(message) })
  const { tone, icon } = looks[state]
  const mayResend = state === 'unknown' || state === 'failed' || state === 'bounced'
  return (
    <footer className={css.line} data-tone={mayResend ? 'danger' : undefined}>
      <StatusBadge tone={waits ? 'warn' : tone} quiet icon={waits ? IconClock : icon}>
        {state === 'scheduled' ? (
          <Leaving at={delivery.leavesAt} />
        ) : waits ? (
          t('delivery.waits', { when: exactTime(Date.parse(delivery.retryAt ?? '')) })
        ) : (
          t(`delivery.${state}`)
        )}
      </StatusBadge>
      {error && <span className={css.error}>{error}</span>}
      {state === 'unknown' && <span className={css.error}>{t('delivery.unknownHint')}</span>}
      {mayWrite && state === 'scheduled' && (
        <Button variant="default" size="xs" loading={undo.isPending} onClick={() => undo.mutate()}>
          {t('ui.undo')}
        </Button>
      )}
      {mayWrite && state === 'unknown' && (
        <Button variant="default" size="xs" loading={settle.isPending} onClick={() => settle.mutate()}>
          {t('delivery.arrived')}
        </Button>
      )}
      {mayWrite && mayResend && (
        <Button variant="default" size="xs" loading={resend.isPending} onClick={() => resend.mutate(false)}>
          {t('delivery.resend')}
        </Button>
      )}
      {mayWrite && waits && (
        <Button variant="default" size="xs" loading={retry.isPending} onClick={() => retry.mutate()}>
          {t('delivery.tryNow')}
        </Button>
      )}
      {state !== 'scheduled' && state !== 'cancelled' && (
        <Button variant="subtle" size="compact-xs" color="gray" onClick={() => setDetails(true)}>
          {t('delivery.details')}
        </Button>
      )}
      <Suspense>
        {details && <DeliverySheet message={message} mayWrite={mayWrite} onClose={() => setDetails(false)} />}
      </Suspense>
    </footer>
  )
}

function Leaving({ at }: { at: string | null }) {
  const now = useNow(1000)
  const seconds = at ? Math.max(0, Math.ceil((Date.parse(at) - now) / 1000)) : 0
  return seconds > 0 ? t('delivery.leaving', { count: seconds }) : t('delivery.queued')
}

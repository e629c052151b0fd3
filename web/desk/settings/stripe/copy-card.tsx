import { Button, Progress } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { copyMirror, getMirrorStatus, type MirrorStatus } from '#contract/billing-mirror.ts'
import { useRefusal } from '../../access.ts'
import { call, keyOf } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import { queryClient } from '../../query-client.ts'
import { Card } from '../../ui/card.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { DisabledReason } from '../../ui/disabled-reason.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { errorToast, toast } from '../../ui/toast.tsx'
import css from '../settings-form.module.css'
import { kindName } from './kind-name.ts'

/** How far the copy of everything is, and a button to make it again. */
export function CopyCard({ mirror: { copy, account } }: { mirror: MirrorStatus }) {
  const refusal = useRefusal('settings.write')
  const again = useMutation({
    mutationFn: () => call(copyMirror, { query: { account } }),
    onSuccess: () => {
      toast(t('stripe.copy.begun'))
      void queryClient.invalidateQueries({ queryKey: keyOf(getMirrorStatus) })
    },
    onError: errorToast,
  })
  const ask = async (): Promise<void> => {
    const sure = await confirm({
      title: t('stripe.copy.ask'),
      body: t('stripe.copy.why'),
      action: t('stripe.copy.again'),
    })
    if (sure) again.mutate()
  }
  const isDone = copy?.state === 'done'
  return (
    <Card title={t('stripe.copy')} aside={copy?.startedAt && <RelativeTime at={copy.startedAt} />}>
      <div className={css.stack}>
        <p className={css.hint} role="status">
          {copy ? `${t(`stripe.copy.${copy.because}`)} ${progressOf(copy)}` : t('stripe.copy.none')}
        </p>
        {copy && !isDone && (
          <Progress aria-label={progressOf(copy)} value={(copy.kindsDone / copy.kinds) * 100} animated />
        )}
        <div className={css.buttons}>
          <DisabledReason reason={refusal}>
            <Button variant="default" disabled={!isDone} loading={again.isPending} onClick={() => void ask()}>
              {t('stripe.copy.again')}
            </Button>
          </DisabledReason>
        </div>
      </div>
    </Card>
  )
}

function progressOf({ state, kind, kindsDone, kinds, read }: NonNullable<MirrorStatus['copy']>): string {
  if (state === 'done') return t('stripe.copy.done', { read })
  return t('stripe.copy.now', { kind: kindName(kind ?? ''), done: kindsDone, all: kinds, read })
}

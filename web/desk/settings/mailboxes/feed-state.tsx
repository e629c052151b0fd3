import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { deleteFeed, type Feed, getFeed, getMailboxHealth, pauseFeed, runFeed } from '#contract/feeds.ts'
import type { Mailbox } from '#contract/mailboxes.ts'
import { call, keyOf } from '../../api.ts'
import { MailboxHealthFacts } from '../../custody/mailbox-health-facts.tsx'
import { healthLook, mailboxHealthQuery } from '../../custody/mailbox-health-look.ts'
import { t } from '../../messages/translate.ts'
import { queryClient } from '../../query-client.ts'
import { confirm } from '../../ui/confirm.tsx'
import { SheetPart } from '../../ui/sheet.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { errorToast, toast } from '../../ui/toast.tsx'
import css from '../settings-form.module.css'

type Props = { mailbox: Mailbox; feed: Feed; onRemoved: () => void }

/** How the reading of a mailbox goes, and what can be done with it: read now, pause, disconnect. */
export function FeedState({ mailbox, feed, onRemoved }: Props) {
  const { data } = useQuery(mailboxHealthQuery)
  const health = data?.mailboxes.find(({ mailboxId }) => mailboxId === mailbox.id)
  const params = { id: mailbox.id }
  const refresh = (): void => {
    for (const changed of [getFeed, getMailboxHealth]) void queryClient.invalidateQueries({ queryKey: keyOf(changed) })
  }
  const pause = useMutation({
    mutationFn: () => call(pauseFeed, { params, body: { paused: !feed.paused } }),
    onSuccess: refresh,
    onError: errorToast,
  })
  const run = useMutation({
    mutationFn: () => call(runFeed, { params }),
    onSuccess: () => {
      toast(t('feed.run.asked'))
      refresh()
    },
    onError: errorToast,
  })
  const remove = useMutation({
    mutationFn: () => call(deleteFeed, { params }),
    onSuccess: () => {
      toast(t('feed.removed', { address: mailbox.address }))
      refresh()
      onRemoved()
    },
    onError: errorToast,
  })
  const askRemove = async (): Promise<void> => {
    const isSure = await confirm({
      title: t('feed.remove.ask', { address: mailbox.address }),
      body: t('feed.remove.body'),
      action: t('feed.remove'),
      danger: true,
    })
    if (isSure) remove.mutate()
  }
  return (
    <SheetPart
      title={t('feed.state')}
      aside={
        health && (
          <StatusBadge tone={healthLook[health.state].tone} icon={healthLook[health.state].icon}>
            {t(`health.is.${health.state}`)}
          </StatusBadge>
        )
      }
    >
      <div className={css.stack}>
        {health && (
          <div>
            <MailboxHealthFacts health={health} />
          </div>
        )}
        <div className={css.buttons}>
          <Button size="xs" variant="default" loading={remove.isPending} onClick={() => void askRemove()}>
            {t('feed.remove')}
          </Button>
          <Button size="xs" variant="default" loading={pause.isPending} onClick={() => pause.mutate()}>
            {feed.paused ? t('feed.resume') : t('feed.pause')}
          </Button>
          <Button
            size="xs"
            variant="default"
            disabled={feed.paused}
            loading={run.isPending}
            onClick={() => run.mutate()}
          >
            {t('feed.run')}
          </Button>
        </div>
      </div>
    </SheetPart>
  )
}

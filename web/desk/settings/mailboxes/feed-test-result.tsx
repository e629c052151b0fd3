import type { testFeed } from '#contract/feeds.ts'
import type { ResultOf } from '#contract/endpoint.ts'
import { t } from '../../messages/translate.ts'
import { Notice } from '../../ui/notice.tsx'

type Props = { result: ResultOf<typeof testFeed>; readsSent: boolean }

/** What trying the connection found. */
export function FeedTestResult({ result: { works, problem, folders }, readsSent }: Props) {
  if (!works)
    return (
      <Notice kind="warn">
        <span role="status">{problem}</span>
      </Notice>
    )
  const inbox = folders.find(({ path }) => path.toUpperCase() === 'INBOX') ?? folders[0]
  const sent = folders.find(({ isSent }) => isSent)
  return (
    <Notice>
      <span role="status">
        {t('feed.test.works', {
          folders: folders.length,
          mails: (inbox?.messages ?? 0).toLocaleString('en'),
          inbox: inbox?.path ?? '',
        })}{' '}
        {readsSent && (sent ? t('feed.test.sent', { folder: sent.path }) : t('feed.test.noSent'))}
      </span>
    </Notice>
  )
}

import { Progress } from '@mantine/core'
import type { MailboxHealth } from '#contract/feeds.ts'
import { t } from '../messages/translate.ts'
import { FactsList } from '../ui/facts-list.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import css from './mailbox-health.module.css'

const counted = (n: number) => <span className="num">{n.toLocaleString('en')}</span>
const timed = (at: string | null) =>
  at ? <RelativeTime at={at} /> : <span className="muted">{t('health.never')}</span>

/** How one mailbox stands, in words, and the figures behind them. */
export function MailboxHealthFacts({ health }: { health: MailboxHealth }) {
  const isRead = health.by === 'imap'
  const compared = health.folders.flatMap(({ path, serverCount, recordedCount }) =>
    serverCount === null || recordedCount === null ? [] : [{ path, serverCount, recordedCount }],
  )
  return (
    <>
      <p className={css.sentence}>{health.sentence}</p>
      {health.advice && <p className={css.advice}>{health.advice}</p>}
      {health.folders.map(
        ({ path, backfill }) =>
          backfill && (
            <div key={path} className={css.bar}>
              <p className={css.sentence}>
                {t('health.backfill', {
                  folder: path,
                  done: backfill.done.toLocaleString('en'),
                  total: backfill.total.toLocaleString('en'),
                })}
              </p>
              <Progress
                aria-label={t('health.backfill', { folder: path, done: backfill.done, total: backfill.total })}
                value={backfill.total === 0 ? 100 : Math.min(100, (backfill.done / backfill.total) * 100)}
              />
            </div>
          ),
      )}
      <FactsList
        facts={[
          isRead && { label: t('health.lastSuccess'), value: timed(health.lastSuccessAt) },
          { label: t('health.lastReceived'), value: timed(health.lastReceivedAt) },
          health.failingSince !== null && { label: t('health.failingSince'), value: timed(health.failingSince) },
          isRead && { label: t('health.backlog'), value: counted(health.backlog) },
          { label: t('health.parked'), value: counted(health.parked) },
          { label: t('health.recorded'), value: counted(health.recorded) },
          compared.length > 0 && {
            label: t('health.compared'),
            value: (
              <ul className={css.list}>
                {compared.map(({ path, serverCount, recordedCount }) => (
                  <li key={path}>
                    {t('health.compared.value', {
                      folder: path,
                      recorded: recordedCount.toLocaleString('en'),
                      server: serverCount.toLocaleString('en'),
                    })}
                  </li>
                ))}
              </ul>
            ),
          },
          health.missing.length > 0 && {
            label: t('health.missing'),
            value: (
              <ul className={css.list}>
                {health.missing.map(({ folder, uid, messageId }) => (
                  <li key={`${folder} ${uid}`}>
                    {t('health.missing.value', { folder, uid: String(uid) })}
                    {messageId && <code className={css.id}>{messageId}</code>}
                  </li>
                ))}
              </ul>
            ),
          },
        ]}
      />
    </>
  )
}

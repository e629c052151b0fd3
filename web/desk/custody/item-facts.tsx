import { t } from '../messages/translate.ts'
import type { CustodyDetail } from '#contract/custody.ts'
import { paths } from '../paths.ts'
import { fileSize } from '../inbox/conversation/file-size.ts'
import { CopyText } from '../ui/copy-text.tsx'
import { FactsList } from '../ui/facts-list.tsx'
import { Link } from '../ui/link.tsx'
import { Notice } from '../ui/notice.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { StatusBadge } from '../ui/status-badge.tsx'
import { exactTime } from '../ui/time-words.ts'
import { dispositionLook } from './disposition-look.ts'
import css from './item-pane.module.css'

/** What became of one mail, why, and where it came from. */
export function ItemFacts({ item }: { item: CustodyDetail }) {
  const { disposition, reason, providerId, ticketId, ticketNumber, envelope } = item
  const { tone, icon } = dispositionLook[disposition]
  // Mail without the header is kept under a hash of its bytes, which is nobody's Message-ID.
  const ownId = providerId?.startsWith('sha256:') ? null : providerId
  const server = [envelope?.helo, envelope?.ip].filter(Boolean).join(' · ')
  return (
    <>
      <p className={css.outcome}>
        <StatusBadge tone={tone} icon={icon}>
          {t(`custody.one.${disposition}`)}
        </StatusBadge>
        <span className="muted">{t(`custody.means.${disposition}`)}</span>
      </p>
      {item.hidden && <Notice kind="locked">{t('custody.hidden')}</Notice>}
      {item.flagged && <Notice kind="warn">{t('custody.flagged')}</Notice>}
      <FactsList
        facts={[
          { label: t('custody.why'), value: reason },
          ticketId && {
            label: t('custody.ticket'),
            value: (
              <Link className="link" href={paths.ticket(ticketId)}>
                {t('custody.ticket.open', { number: String(ticketNumber ?? '') })}
              </Link>
            ),
          },
          !item.hidden && {
            label: t('custody.from'),
            value: item.from ?? <span className="muted">{t('custody.noSender')}</span>,
          },
          envelope && {
            label: t('custody.returnPath'),
            value: envelope.from || <span className="muted">{t('custody.returnPath.none')}</span>,
          },
          envelope && { label: t('custody.recipients'), value: envelope.to.join(', ') },
          { label: t('custody.mailbox'), value: item.source.title },
          { label: t('custody.received'), value: <ReceivedAt at={item.receivedAt} /> },
          server !== '' && { label: t('custody.server'), value: server },
          { label: t('custody.size'), value: <span className="num">{fileSize(item.size)}</span> },
          {
            label: t('custody.messageId'),
            value: ownId ? <Code text={ownId} /> : <span className="muted">{t('custody.messageId.none')}</span>,
          },
          { label: t('custody.hash'), value: <Code text={item.contentHash} /> },
        ]}
      />
    </>
  )
}

/** Proof needs the minute, not only how long ago. */
function ReceivedAt({ at }: { at: string }) {
  return (
    <>
      <span className="num">{exactTime(Date.parse(at))}</span>{' '}
      <span className="muted">
        · <RelativeTime at={at} />
      </span>
    </>
  )
}

function Code({ text }: { text: string }) {
  return (
    <span className={css.id}>
      <code className={css.code}>{text}</code>
      <CopyText text={text} />
    </span>
  )
}

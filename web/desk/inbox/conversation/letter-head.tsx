import { Tooltip } from '@mantine/core'
import { IconArrowForwardUp, IconInfoCircle, IconNote } from '@tabler/icons-react'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import type { Address, Message } from '#contract/inbox.ts'
import type * as z from 'zod'
import { t } from '../../messages/translate.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { ChannelIcon } from '../../ui/channel-icon.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import css from './letter-head.module.css'
import { TrustFlags } from './trust-flags.tsx'

const ForwardSheet = lazy(() => import('./forward-sheet.tsx').then(({ ForwardSheet }) => ({ default: ForwardSheet })))

type Props = { message: Message; theirZone: string | null; mayWrite: boolean; menu?: ReactNode }

/** Who wrote, from which address and to whom, how far that is sure, and why the message is here. */
export function LetterHead({ message, theirZone, mayWrite, menu }: Props) {
  const [forwards, setForwards] = useState(false)
  const { author, kind, from, to, cc, channel, threading, createdAt } = message
  const isMail = channel === 'email' && kind !== 'note'
  return (
    <header className={css.head}>
      <Avatar name={author.name} seed={author.id ?? author.name} />
      <div className={css.words}>
        <div className={css.line}>
          <span className={css.name}>{author.name}</span>
          {kind === 'note' && (
            <StatusBadge tone="warn" quiet icon={IconNote}>
              {t('message.note')}
            </StatusBadge>
          )}
          {kind === 'auto' && <StatusBadge tone="neutral">{t('message.auto')}</StatusBadge>}
          <TrustFlags message={message} />
        </div>
      </div>
      <div className={css.aside}>
        {threading && (
          <Tooltip label={t('message.whyHere', { reason: threading.reason })} position="bottom-end">
            <button type="button" className={css.why} aria-label={t('message.whyHere', { reason: threading.reason })}>
              <IconInfoCircle size={16} stroke={1.5} aria-hidden />
            </button>
          </Tooltip>
        )}
        {isMail && mayWrite && !message.flags.includes('forward') && message.delivery?.state !== 'scheduled' && (
          <IconButton
            size={24}
            icon={IconArrowForwardUp}
            label={t('message.forward')}
            onClick={() => setForwards(true)}
          />
        )}
        {kind !== 'note' && <ChannelIcon channel={channel} />}
        <RelativeTime at={createdAt} theirZone={theirZone} />
        {menu}
      </div>
      {isMail && (
        <div className={css.route}>
          {kind === 'inbound' && from && <span title={addressText(from)}>{from.email}</span>}
          {message.mail?.deliveredTo && <span>{t('message.by', { address: message.mail.deliveredTo })}</span>}
          {kind !== 'inbound' && to.length > 0 && <span>{t('message.to', { who: listText(to) })}</span>}
          {cc.length > 0 && <span>{t('message.cc', { who: listText(cc) })}</span>}
        </div>
      )}
      <Suspense>{forwards && <ForwardSheet message={message} onClose={() => setForwards(false)} />}</Suspense>
    </header>
  )
}

function listText(addresses: readonly z.infer<typeof Address>[]): string {
  return addresses.map(addressText).join(', ')
}

function addressText({ email, name }: z.infer<typeof Address>): string {
  return name && name !== email ? `${name} <${email}>` : email
}

import '../../messages/rooms/sending.ts'
import { Button, Tooltip } from '@mantine/core'
import { type Icon, IconEdit, IconInbox, IconSend } from '@tabler/icons-react'
import type { Mailbox } from '#contract/mailboxes.ts'
import { t } from '../../messages/translate.ts'
import { DisabledReason } from '../../ui/disabled-reason.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import css from './mailboxes.module.css'

export type MailboxLayer = 'form' | 'feed' | 'sender'

type Props = {
  mailbox: Mailbox
  refusal: string | null
  onOpen: (what: MailboxLayer, of: Mailbox) => void
}

/** What can be set of one mailbox: how it is read, how it sends, and itself. */
export function MailboxActions({ mailbox, refusal, onOpen }: Props) {
  const name = mailbox.address
  const action = (what: MailboxLayer, icon: Icon, word: string, label: string) => (
    <DisabledReason reason={refusal}>
      <Action icon={icon} word={word} label={label} onClick={() => onOpen(what, mailbox)} />
    </DisabledReason>
  )
  return (
    <span className={css.actions}>
      {action('feed', IconInbox, t('mailboxes.imap'), t('mailboxes.feed', { name }))}
      {action('sender', IconSend, t('mailboxes.sending'), t('sender.edit', { name }))}
      <DisabledReason reason={refusal}>
        <IconButton icon={IconEdit} label={t('settings.edit', { name })} onClick={() => onOpen('form', mailbox)} />
      </DisabledReason>
    </span>
  )
}

type ActionProps = { icon: Icon; word: string; label: string; onClick: () => void }

/** Its word stands beside the icon where there is room. */
function Action({ icon: Mark, word, label, ...button }: ActionProps) {
  return (
    <Tooltip label={label}>
      <Button size="xs" variant="default" aria-label={label} {...button}>
        <Mark size={16} stroke={1.5} aria-hidden />
        <span className={css.word}>&nbsp;{word}</span>
      </Button>
    </Tooltip>
  )
}

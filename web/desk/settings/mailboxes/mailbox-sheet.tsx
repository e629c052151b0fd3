import '../../messages/rooms/settings.ts'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { Mailbox } from '#contract/mailboxes.ts'
import { t } from '../../messages/translate.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { teamsQuery } from '../org-queries.ts'
import { MailboxForm } from './mailbox-form.tsx'

type Props = {
  /** Null for a new one. */
  mailbox: Mailbox | null
  opened: boolean
  onClose: () => void
}

/** A mailbox is added or changed. */
export function MailboxSheet({ mailbox, opened, onClose }: Props) {
  const teams = useInfiniteQuery(teamsQuery)
  const title = mailbox ? t('mailboxes.edit.title', { address: mailbox.address }) : t('mailboxes.add')
  return (
    <Sheet opened={opened} onClose={onClose} title={title} width={560}>
      <Loaded query={teams}>{(all) => <MailboxForm mailbox={mailbox} teams={all} onDone={onClose} />}</Loaded>
    </Sheet>
  )
}

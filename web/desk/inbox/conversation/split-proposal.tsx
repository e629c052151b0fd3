import { Button } from '@mantine/core'
import { IconGitFork } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { splitTicket } from '#contract/corrections.ts'
import { keepMessage, type Message } from '#contract/inbox.ts'
import { call } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import { queryClient } from '../../query-client.ts'
import { useMay } from '../../session.ts'
import { DisabledReason } from '../../ui/disabled-reason.tsx'
import { errorToast } from '../../ui/toast.tsx'
import { useCorrect } from '../correct/use-correct.ts'
import { useRefused } from '../correct/use-refused.ts'
import { messagesQuery } from '../queries.ts'
import css from './letter-body.module.css'

type Props = { message: Message; proposal: NonNullable<Message['proposal']>; mayWrite: boolean }

/** Says that a message opens a topic of its own, and asks whether it stays. Splitting it off can be taken back as any split. */
export function SplitProposal({ message: { id, ticketId }, proposal, mayWrite }: Props) {
  const mayManage = useMay('tickets.manage')
  const refused = useRefused(ticketId)
  const keep = useMutation({
    mutationFn: () => call(keepMessage, { params: { id } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: messagesQuery(ticketId).queryKey }),
    onError: errorToast,
  })
  const split = useCorrect((idempotencyKey) => {
    const body = { messageIds: [id], subject: proposal.mailSubject }
    return call(splitTicket, { params: { id: ticketId }, body }, { idempotencyKey })
  })
  return (
    <div className={css.notice} role="status">
      <IconGitFork size={16} stroke={1.5} aria-hidden />
      <span className={css.words}>{t('proposal.words', { subject: proposal.mailSubject })}</span>
      <span className={css.actions}>
        {mayManage && (
          <DisabledReason reason={refused}>
            <Button
              variant="default"
              size="xs"
              loading={split.isPending}
              onClick={() => split.mutate(undefined, { onError: errorToast })}
            >
              {t('proposal.split')}
            </Button>
          </DisabledReason>
        )}
        {mayWrite && (
          <Button variant="default" size="xs" loading={keep.isPending} onClick={() => keep.mutate()}>
            {t('proposal.keep')}
          </Button>
        )}
      </span>
    </div>
  )
}

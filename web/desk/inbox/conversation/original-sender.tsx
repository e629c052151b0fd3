import { Button } from '@mantine/core'
import { IconUserQuestion } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { relinkSender } from '#contract/corrections.ts'
import type { Address, Message } from '#contract/inbox.ts'
import type * as z from 'zod'
import { call } from '../../api.ts'
import '../../messages/rooms/correct.ts'
import { t } from '../../messages/translate.ts'
import { useMay } from '../../session.ts'
import { useCorrect } from '../correct/use-correct.ts'
import { ticketQuery } from '../queries.ts'
import css from './letter-body.module.css'
import { errorToast } from '../../ui/toast.tsx'

type Props = { message: Message; sender: z.infer<typeof Address> }

/** Offers to make a ticket that of whoever wrote what an unproven colleague passed on. */
export function OriginalSender({ message, sender }: Props) {
  const { data: ticket } = useQuery(ticketQuery(message.ticketId))
  const mayManage = useMay('tickets.manage')
  const correct = useCorrect((idempotencyKey) =>
    call(
      relinkSender,
      {
        params: { id: message.ticketId },
        body: { email: sender.email, ...(sender.name ? { name: sender.name } : {}) },
      },
      { idempotencyKey },
    ),
  )
  const isTheirs = !ticket || message.author.id !== ticket.requester.id || ticket.requester.email === sender.email
  if (!mayManage || isTheirs || ticket.mergedInto) return null
  return (
    <div className={css.notice} role="status">
      <IconUserQuestion size={16} stroke={1.5} aria-hidden />
      <span className={css.words}>{t('correct.original.words', { email: sender.email })}</span>
      <Button
        variant="default"
        size="xs"
        loading={correct.isPending}
        onClick={() => correct.mutate(undefined, { onError: errorToast })}
      >
        {t('correct.original.action', { name: sender.name ?? sender.email })}
      </Button>
    </div>
  )
}

import { type InfiniteData, useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { deleteDraft } from '#contract/drafts.ts'
import { createMessage, type Message } from '#contract/inbox.ts'
import type { Id } from '#contract/ids.ts'
import { call } from '../../api.ts'
import { deskNow } from '../../clock.ts'
import { t } from '../../messages/translate.ts'
import { useGo } from '../../page-params.ts'
import { paths } from '../../paths.ts'
import { queryClient } from '../../query-client.ts'
import { announce } from '../../ui/announce.tsx'
import { errorToast, toast, undoToast } from '../../ui/toast.tsx'
import { messagesQuery } from '../queries.ts'
import type { Addresses, DraftContent } from './draft-content.ts'
import { createIntent } from './intent-key.ts'
import type { StatusAfter } from './send-button.tsx'
import { takeBack } from './take-back.ts'

type Sending = {
  content: DraftContent
  to: Addresses
  cc: Addresses
  status: StatusAfter
  subject: string | null
  anyway: boolean
  mailboxId: Id<'box'> | null
}

/** Sends what was written, once however often it is tried, and offers to take a reply back while it waits. */
export function useSend(ticketId: Id<'tkt'>, requester: string, onSent: (kind: DraftContent['kind']) => void) {
  const [intent] = useState(createIntent)
  const go = useGo()
  return useMutation({
    mutationFn: ({ content, to, cc, status, subject, anyway, mailboxId }: Sending) => {
      const { kind, html, attachments } = content
      const body = {
        kind,
        html,
        attachments: attachments.map(({ id }) => id),
        ...(kind === 'reply'
          ? {
              to,
              cc,
              ...(status ? { status } : {}),
              ...(subject ? { subject } : {}),
              ...(mailboxId ? { mailboxId } : {}),
              ...(anyway ? { sendAnyway: true } : {}),
            }
          : {}),
      }
      return call(createMessage, { params: { id: ticketId }, body }, { idempotencyKey: intent.keyFor(body) })
    },
    onSuccess: (message, { content }) => {
      intent.done()
      showAtOnce(message)
      onSent(content.kind)
      if (content.kind === 'note') {
        void call(deleteDraft, { params: { id: ticketId } }).catch(() => undefined)
        announce(t('composer.noteAdded'))
        return
      }
      const { delivery } = message
      if (delivery?.state !== 'scheduled' || !delivery.leavesAt) {
        toast(t('composer.sent'))
        return
      }
      const seconds = Math.max(1, Math.ceil((Date.parse(delivery.leavesAt) - deskNow()) / 1000))
      undoToast({
        text: t('composer.leaves', { name: requester }),
        seconds,
        onUndo: () => {
          void takeBack(message).then((back) => {
            if (back && !location.pathname.includes(ticketId)) go(paths.ticket(ticketId))
            return back
          })
        },
      })
    },
    onError: errorToast,
  })
}

type Pages = InfiniteData<{ items: Message[]; nextCursor: string | null }>

function showAtOnce(message: Message): void {
  const { queryKey } = messagesQuery(message.ticketId)
  queryClient.setQueryData<Pages>(queryKey, (data) => {
    const [first, ...rest] = data?.pages ?? []
    if (!data || !first || first.items.some(({ id }) => id === message.id)) return data
    return { ...data, pages: [{ ...first, items: [message, ...first.items] }, ...rest] }
  })
  void queryClient.invalidateQueries({ queryKey })
}

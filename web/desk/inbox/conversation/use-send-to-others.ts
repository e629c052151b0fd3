import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Id } from '#contract/ids.ts'
import { t } from '../../messages/translate.ts'
import { queryClient } from '../../query-client.ts'
import { toast } from '../../ui/toast.tsx'
import type { Addresses } from '../composer/draft-content.ts'
import { createIntent } from '../composer/intent-key.ts'
import { messagesQuery } from '../queries.ts'

type Recipients = { to: Addresses; sendAnyway?: true }

type Options<Body> = {
  ticketId: Id<'tkt'>
  /** What the request says once it is known who gets it. */
  body: (recipients: Recipients) => Body
  send: (body: Body, options: { idempotencyKey: string }) => Promise<unknown>
  onSent: () => void
}

export type SendingToOthers = ReturnType<typeof useSendToOthers>

/** Sends mail of a ticket to people who are chosen for it: once however often it is tried, and asked about first where due. */
export function useSendToOthers<Body>({ ticketId, body, send, onSent }: Options<Body>) {
  const [to, setTo] = useState<Addresses>([])
  const [anyway, setAnyway] = useState(false)
  const [intent] = useState(createIntent)
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => {
      const wanted = body({ to, ...(anyway ? { sendAnyway: true } : {}) })
      return send(wanted, { idempotencyKey: intent.keyFor(wanted) })
    },
    onSuccess: () => {
      toast(t('tries.leaving'))
      void queryClient.invalidateQueries({ queryKey: messagesQuery(ticketId).queryKey })
      onSent()
    },
  })
  return { ticketId, to, setTo, anyway, setAnyway, send: () => mutate(), isPending, error }
}

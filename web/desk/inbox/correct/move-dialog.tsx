import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { mergeTicket, moveMessages } from '#contract/corrections.ts'
import { type Ticket, type TicketRow, ViewId } from '#contract/inbox.ts'
import type { Id } from '#contract/ids.ts'
import { call } from '../../api.ts'
import '../../messages/rooms/correct.ts'
import { t } from '../../messages/translate.ts'
import { useGo, usePageParams } from '../../page-params.ts'
import { paths } from '../../paths.ts'
import { FormError } from '../../ui/form-error.tsx'
import { Notice } from '../../ui/notice.tsx'
import { CorrectDialog } from './correct-dialog.tsx'
import css from './correct.module.css'
import { setCorrecting } from './correcting.ts'
import { TicketPicker } from './ticket-picker.tsx'
import { useCorrect } from './use-correct.ts'
import { WhatHappens } from './what-happens.tsx'

type Props = {
  ticket: Ticket
  /** The messages that move; null for the whole ticket, which is merged. */
  messageIds: readonly Id<'msg'>[] | null
}

/** Moves messages, or a whole ticket, into another: which one, and what that does. */
export function MoveDialog({ ticket, messageIds }: Props) {
  const [into, setInto] = useState<TicketRow | null>(null)
  const go = useGo()
  const { view } = usePageParams()
  const verb = messageIds ? 'move' : 'merge'
  const correct = useCorrect(
    (idempotencyKey) => {
      if (!into) throw new Error('no ticket is chosen')
      const params = { id: ticket.id }
      return messageIds
        ? call(moveMessages, { params, body: { messageIds: [...messageIds], toTicketId: into.id } }, { idempotencyKey })
        : call(mergeTicket, { params, body: { into: into.id } }, { idempotencyKey })
    },
    ({ kind, other }) => {
      if (kind === 'merge' && other) go(paths.ticketIn(ViewId.catch('all').parse(view), other.id))
    },
  )
  return (
    <CorrectDialog title={t(`correct.${verb}`)}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (into && !correct.isPending) correct.mutate()
        }}
      >
        <TicketPicker besides={ticket} chosen={into} onChoose={setInto} />
        {into && <Warnings ticket={ticket} into={into} />}
        {into && <WhatHappens>{sentences(ticket, into, messageIds?.length ?? null)}</WhatHappens>}
        {correct.error && <FormError error={correct.error} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={() => setCorrecting(null)}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" loading={correct.isPending} disabled={!into}>
            {t(`correct.${verb}.action`)}
          </Button>
        </Group>
      </form>
    </CorrectDialog>
  )
}

function sentences(ticket: Ticket, to: TicketRow, count: number | null) {
  const into = String(to.number)
  const from = String(ticket.number)
  if (count !== null)
    return [
      <li key="moves">{t('correct.move.moves', { count, number: into })}</li>,
      <li key="opens">{t('correct.move.opens', { number: into })}</li>,
    ]
  return [
    <li key="gets">{t('correct.merge.gets', { into, from })}</li>,
    <li key="closes">{t('correct.merge.closes', { into, from })}</li>,
    <li key="clock">{t('correct.merge.clock')}</li>,
    to.status === 'solved' && <li key="solved">{t('correct.merge.solved', { into })}</li>,
  ]
}

/** What is easily overlooked: two customers, or two companies. */
function Warnings({ ticket, into }: { ticket: Ticket; into: TicketRow }) {
  const names = (row: TicketRow) => `${row.requester.name}${row.requester.email ? ` (${row.requester.email})` : ''}`
  const customers = ticket.requester.id !== into.requester.id
  const accounts = ticket.accountName && into.accountName && ticket.accountId !== into.accountId
  if (!customers && !accounts) return null
  return (
    <Notice kind="warn">
      {customers && <div>{t('correct.merge.customers', { one: names(ticket), other: names(into) })}</div>}
      {accounts && (
        <div>{t('correct.merge.accounts', { one: ticket.accountName ?? '', other: into.accountName ?? '' })}</div>
      )}
    </Notice>
  )
}

import { Button, Group, TextInput } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { splitTicket } from '#contract/corrections.ts'
import type { Ticket } from '#contract/inbox.ts'
import type { Id } from '#contract/ids.ts'
import { call } from '../../api.ts'
import '../../messages/rooms/correct.ts'
import { t } from '../../messages/translate.ts'
import { FormError } from '../../ui/form-error.tsx'
import { messagesQuery } from '../queries.ts'
import { CorrectDialog } from './correct-dialog.tsx'
import css from './correct.module.css'
import { setCorrecting } from './correcting.ts'
import { useCorrect } from './use-correct.ts'
import { WhatHappens } from './what-happens.tsx'

type Props = { ticket: Ticket; messageIds: readonly Id<'msg'>[] }

/** Takes messages into a ticket of their own: under which subject, and what that does. */
export function SplitDialog({ ticket, messageIds }: Props) {
  const messages = useInfiniteQuery(messagesQuery(ticket.id)).data ?? []
  const chosen = messages.filter(({ id }) => messageIds.includes(id))
  const asked = chosen.findLast(({ kind }) => kind === 'inbound')
  const [subject, setSubject] = useState(asked?.proposal?.mailSubject ?? ticket.subject)
  const correct = useCorrect((idempotencyKey) => {
    const body = { messageIds: [...messageIds], subject: subject.trim() }
    return call(splitTicket, { params: { id: ticket.id }, body }, { idempotencyKey })
  })
  const number = String(ticket.number)
  return (
    <CorrectDialog title={t('correct.split')}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (!correct.isPending) correct.mutate()
        }}
      >
        <TextInput
          required
          data-autofocus
          label={t('ticket.subject')}
          value={subject}
          maxLength={500}
          onChange={(event) => setSubject(event.currentTarget.value)}
        />
        <WhatHappens>
          {[
            <li key="moves">{t('correct.split.moves', { count: messageIds.length, number })}</li>,
            asked && <li key="requester">{t('correct.split.requester', { name: asked.author.name })}</li>,
            asked && <li key="clock">{t('correct.split.clock')}</li>,
            <li key="links">{t('correct.split.links')}</li>,
          ]}
        </WhatHappens>
        {correct.error && <FormError error={correct.error} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={() => setCorrecting(null)}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" loading={correct.isPending} disabled={subject.trim() === ''}>
            {t('correct.split.action')}
          </Button>
        </Group>
      </form>
    </CorrectDialog>
  )
}

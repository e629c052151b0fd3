import { Button, Group, Modal, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { createTicket, Priority } from '#contract/inbox.ts'
import type { Id } from '#contract/ids.ts'
import { call } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import { useGo } from '../../page-params.ts'
import { paths } from '../../paths.ts'
import { FormError } from '../../ui/form-error.tsx'
import { fieldProblems } from '../../ui/field-problems.ts'
import { intentKey } from '../composer/intent-key.ts'
import { teamsQuery } from '../queries.ts'
import css from './new-ticket-dialog.module.css'
import { closeNewTicket, type NewTicketStart } from './new-ticket-store.ts'

/** Opens a ticket by hand: a mail to a customer, or what a customer said elsewhere. */
export function NewTicketDialog({ start }: { start: NewTicketStart }) {
  const [direction, setDirection] = useState<'outbound' | 'inbound'>('outbound')
  const [email, setEmail] = useState(start.email ?? '')
  const [name, setName] = useState(start.name ?? '')
  const [subject, setSubject] = useState(start.subject ?? '')
  const [text, setText] = useState('')
  const [teamId, setTeamId] = useState<string | null>(start.teamId ?? null)
  const [priority, setPriority] = useState<Priority>('normal')
  const teams = useQuery(teamsQuery).data?.items ?? []
  const key = useRef(intentKey())
  const go = useGo()
  const create = useMutation({
    mutationFn: () =>
      call(
        createTicket,
        {
          body: {
            subject,
            direction,
            requester: { email, ...(name.trim() ? { name } : {}) },
            message: { text },
            priority,
            ...(teamId ? { teamId: teamId as Id<'tea'> } : {}),
          },
        },
        { idempotencyKey: key.current },
      ),
    onSuccess: ({ id }) => {
      closeNewTicket()
      go(paths.ticket(id))
    },
    onError: () => {
      key.current = intentKey()
    },
  })
  const problems = fieldProblems(create.error)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!create.isPending) create.mutate()
  }
  const incomplete = !email.trim() || !subject.trim() || !text.trim()
  return (
    <Modal opened onClose={closeNewTicket} title={t('newTicket.title')} size={560}>
      <form className={css.form} onSubmit={submit}>
        <SegmentedControl
          aria-label={t('newTicket.direction')}
          value={direction}
          onChange={(value) => setDirection(value === 'inbound' ? 'inbound' : 'outbound')}
          data={[
            { value: 'outbound', label: t('newTicket.outbound') },
            { value: 'inbound', label: t('newTicket.inbound') },
          ]}
        />
        <p className={css.hint}>{t(`newTicket.hint.${direction}`)}</p>
        <div className={css.pair}>
          <TextInput
            required
            type="email"
            label={t('newTicket.email')}
            value={email}
            error={problems['requester.email']}
            data-autofocus={start.email ? undefined : true}
            maxLength={254}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <TextInput
            label={t('newTicket.name')}
            value={name}
            maxLength={200}
            error={problems['requester.name']}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </div>
        <TextInput
          required
          label={t('ticket.subject')}
          value={subject}
          maxLength={500}
          error={problems['subject']}
          onChange={(event) => setSubject(event.currentTarget.value)}
        />
        <Textarea
          required
          autosize
          minRows={6}
          maxRows={16}
          label={direction === 'outbound' ? t('newTicket.mail') : t('newTicket.said')}
          value={text}
          error={problems['message.text']}
          data-autofocus={start.email ? true : undefined}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey) && !incomplete) submit(event)
          }}
        />
        <div className={css.pair}>
          <Select
            label={t('ticket.priority')}
            value={priority}
            allowDeselect={false}
            data={Priority.options.map((value) => ({ value, label: t(`priority.${value}`) }))}
            onChange={(value) => setPriority(Priority.catch('normal').parse(value))}
          />
          {teams.length > 1 && (
            <Select
              label={t('ticket.team')}
              placeholder={t('newTicket.defaultTeam')}
              clearable
              value={teamId}
              data={teams.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={setTeamId}
            />
          )}
        </div>
        {create.error && Object.keys(problems).length === 0 && <FormError error={create.error} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={closeNewTicket}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {direction === 'outbound' ? t('newTicket.send') : t('newTicket.log')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}

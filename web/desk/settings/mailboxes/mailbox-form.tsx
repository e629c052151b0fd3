import { Select, Switch, Textarea, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { createMailbox, listMailboxes, type Mailbox, updateMailbox } from '#contract/mailboxes.ts'
import type { Team } from '#contract/team.ts'
import { call, keyOf } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import { queryClient } from '../../query-client.ts'
import { FormEnd } from '../../ui/form-end.tsx'
import { SheetBody, SheetFooter, SheetPart } from '../../ui/sheet.tsx'
import { splitProblems } from '../../ui/split-problems.ts'
import { toast } from '../../ui/toast.tsx'
import { defaultTeamOf } from '../org-queries.ts'
import css from '../settings-form.module.css'
import { FurtherAddresses } from './further-addresses.tsx'
import { MailPreview } from './mail-preview.tsx'
import { PlusAddresses } from './plus-addresses.tsx'

type Props = {
  /** Null for a new one. */
  mailbox: Mailbox | null
  teams: readonly Team[]
  onDone: () => void
}

/** What the desk writes where a mailbox has no words of its own. */
const standardWords = 'Hello,\n\nwe have received your message and will answer it. Your number is #{number}.'
const exampleNumber = '4812'

export function MailboxForm({ mailbox, teams, onDone }: Props) {
  const [address, setAddress] = useState('')
  const [name, setName] = useState(mailbox?.name ?? '')
  const [teamId, setTeamId] = useState<Team['id'] | undefined>(mailbox?.teamId ?? defaultTeamOf(teams)?.id)
  const [autoAcknowledge, setAutoAcknowledge] = useState(mailbox?.autoAcknowledge ?? false)
  const [acknowledgement, setAcknowledgement] = useState(mailbox?.acknowledgement ?? '')
  const [aliases, setAliases] = useState(mailbox?.aliases ?? [])
  const [answerFromAlias, setAnswerFromAlias] = useState(mailbox?.answerFromAlias ?? false)
  const [enabled, setEnabled] = useState(mailbox?.enabled ?? true)

  const save = useMutation({
    mutationFn: () => {
      const fields = {
        name: name.trim() || address.trim(),
        teamId,
        autoAcknowledge,
        acknowledgement,
        enabled,
        aliases,
        answerFromAlias,
      }
      return mailbox
        ? call(updateMailbox, { params: { id: mailbox.id }, body: fields })
        : call(createMailbox, { body: { address: address.trim(), ...fields } })
    },
    onSuccess: (saved) => {
      toast(mailbox ? t('settings.saved') : t('mailboxes.added', { address: saved.address }))
      void queryClient.invalidateQueries({ queryKey: keyOf(listMailboxes) })
      onDone()
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    save.mutate()
  }
  const { at, rest } = splitProblems(save.error, ['address', 'name', 'teamId', 'acknowledgement', 'aliases'])
  const team = teams.find(({ id }) => id === teamId)
  return (
    <form onSubmit={submit} style={{ display: 'contents' }}>
      <SheetBody>
        <SheetPart title={t('mailboxes.part.addresses')}>
          <div className={css.stack}>
            {!mailbox && (
              <TextInput
                label={t('mailboxes.address')}
                description={t('mailboxes.address.hint')}
                placeholder="support@example.com"
                required
                data-autofocus
                maxLength={254}
                spellCheck={false}
                error={at.address}
                value={address}
                onChange={(event) => setAddress(event.currentTarget.value)}
              />
            )}
            <FurtherAddresses
              aliases={aliases}
              answerFromAlias={answerFromAlias}
              error={at.aliases}
              onChange={(change) => {
                if (change.aliases) setAliases(change.aliases)
                if (change.answerFromAlias !== undefined) setAnswerFromAlias(change.answerFromAlias)
              }}
            />
            <div className={css.pair}>
              <TextInput
                label={t('mailboxes.name')}
                description={t('mailboxes.name.hint')}
                maxLength={100}
                data-autofocus={mailbox ? true : undefined}
                error={at.name}
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
              />
              <Select
                label={t('mailboxes.team')}
                description={t('mailboxes.team.hint')}
                data={teams.map((one) => ({ value: one.id, label: one.name }))}
                allowDeselect={false}
                error={at.teamId}
                value={teamId ?? null}
                onChange={(value) => setTeamId(teams.find(({ id }) => id === value)?.id)}
              />
            </div>
            <Switch
              label={t('mailboxes.enabled')}
              description={t('mailboxes.enabled.hint')}
              checked={enabled}
              onChange={(event) => setEnabled(event.currentTarget.checked)}
            />
          </div>
        </SheetPart>
        {mailbox && <PlusAddresses mailbox={mailbox} />}
        <SheetPart title={t('mailboxes.part.ack')}>
          <div className={css.stack}>
            <Switch
              label={t('mailboxes.ack.switch')}
              description={t('mailboxes.ack.switch.hint')}
              checked={autoAcknowledge}
              onChange={(event) => setAutoAcknowledge(event.currentTarget.checked)}
            />
            {autoAcknowledge && (
              <>
                <Textarea
                  label={t('mailboxes.ack.text')}
                  description={t('mailboxes.ack.text.hint', { number: '{number}' })}
                  placeholder={standardWords}
                  autosize
                  minRows={3}
                  maxRows={10}
                  maxLength={4000}
                  error={at.acknowledgement}
                  value={acknowledgement}
                  onChange={(event) => setAcknowledgement(event.currentTarget.value)}
                />
                <MailPreview
                  title={t('mailboxes.ack.preview')}
                  from={`${name || address || mailbox?.address} <${mailbox?.address ?? address}>`}
                  text={(acknowledgement.trim() || standardWords).replaceAll('{number}', exampleNumber)}
                  number={exampleNumber}
                  signature={team?.signature ?? ''}
                />
              </>
            )}
          </div>
        </SheetPart>
      </SheetBody>
      <SheetFooter>
        <FormEnd
          error={rest}
          action={mailbox ? t('settings.save') : t('mailboxes.add')}
          isSaving={save.isPending}
          onCancel={onDone}
        />
      </SheetFooter>
    </form>
  )
}

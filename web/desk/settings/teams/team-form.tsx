import { Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { createTeam, listTeams, type Team, updateTeam } from '#contract/team.ts'
import { call, keyOf } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import { queryClient } from '../../query-client.ts'
import { FormEnd } from '../../ui/form-end.tsx'
import { NameField } from '../../ui/name-field.tsx'
import { splitProblems } from '../../ui/split-problems.ts'
import { toast } from '../../ui/toast.tsx'
import { MailPreview } from '../mailboxes/mail-preview.tsx'
import css from '../settings-form.module.css'

export function TeamForm({ team, onDone }: { team: Team | null; onDone: () => void }) {
  const [name, setName] = useState(team?.name ?? '')
  const [signature, setSignature] = useState(team?.signature ?? '')
  const save = useMutation({
    mutationFn: () => {
      const body = { name: name.trim(), signature }
      return team ? call(updateTeam, { params: { id: team.id }, body }) : call(createTeam, { body })
    },
    onSuccess: () => {
      toast(t('settings.saved'))
      void queryClient.invalidateQueries({ queryKey: keyOf(listTeams) })
      onDone()
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    save.mutate()
  }
  const { at, rest } = splitProblems(save.error, ['name', 'signature'])
  return (
    <form onSubmit={submit} className={css.stack}>
      <NameField label={t('teams.name')} maxLength={60} error={at.name} value={name} onChange={setName} />
      <Textarea
        label={t('teams.signature')}
        description={t('teams.signature.hint')}
        autosize
        minRows={3}
        maxRows={10}
        maxLength={2000}
        error={at.signature}
        value={signature}
        onChange={(event) => setSignature(event.currentTarget.value)}
      />
      <MailPreview title={t('teams.preview')} text={t('teams.preview.reply')} signature={signature} />
      <FormEnd
        error={rest}
        action={team ? t('settings.save') : t('teams.add')}
        isSaving={save.isPending}
        onCancel={onDone}
      />
    </form>
  )
}

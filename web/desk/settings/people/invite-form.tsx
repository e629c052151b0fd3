import { TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { createAgent, listAgents, type Team } from '#contract/team.ts'
import { call, keyOf } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import { queryClient } from '../../query-client.ts'
import { FormEnd } from '../../ui/form-end.tsx'
import { NameField } from '../../ui/name-field.tsx'
import { splitProblems } from '../../ui/split-problems.ts'
import { defaultTeamOf } from '../org-queries.ts'
import css from '../settings-form.module.css'
import { type Access, AccessFields } from './access-fields.tsx'

type Props = { teams: readonly Team[]; onCancel: () => void; onLink: (name: string, url: string) => void }

/** Makes somebody an account that waits for its password; the link to choose one is shown once. */
export function InviteForm({ teams, onCancel, onLink }: Props) {
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [access, setAccess] = useState<Access>({
    roles: ['agent'],
    teamIds: [defaultTeamOf(teams)?.id ?? []].flat(),
    visibility: 'all',
  })
  const invite = useMutation({
    mutationFn: () => call(createAgent, { body: { name: name.trim(), email: email.trim(), ...access } }),
    onSuccess: ({ agent, invitationUrl }) => {
      void queryClient.invalidateQueries({ queryKey: keyOf(listAgents) })
      onLink(agent.name, invitationUrl)
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (access.roles.length > 0) invite.mutate()
  }
  const { at, rest } = splitProblems(invite.error, ['name', 'email', 'roles', 'teamIds'])
  return (
    <form onSubmit={submit} className={css.stack}>
      <NameField
        label={t('people.name')}
        description={t('people.name.hint')}
        maxLength={100}
        error={at.name}
        value={name}
        onChange={setName}
      />
      <TextInput
        label={t('people.email')}
        type="email"
        required
        maxLength={254}
        error={at.email}
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <AccessFields
        value={access}
        teams={teams}
        onChange={(part) => setAccess({ ...access, ...part })}
        problems={{ roles: access.roles.length === 0 ? t('people.roles.missing') : at.roles, teamIds: at.teamIds }}
      />
      <FormEnd error={rest} action={t('people.invite.make')} isSaving={invite.isPending} onCancel={onCancel} />
    </form>
  )
}

import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { type Agent, getMe, listAgents, listTeams, type Team, updateAgent } from '#contract/team.ts'
import { call, keyOf } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import { queryClient } from '../../query-client.ts'
import { FormEnd } from '../../ui/form-end.tsx'
import { NameField } from '../../ui/name-field.tsx'
import { splitProblems } from '../../ui/split-problems.ts'
import { toast } from '../../ui/toast.tsx'
import css from '../settings-form.module.css'
import { changesOf } from '../use-versioned.ts'
import { type Access, AccessFields } from './access-fields.tsx'

/** Only what was changed is sent, so that two admins at work on one person do not undo each other. */
export function AgentForm({ agent, teams, onDone }: { agent: Agent; teams: readonly Team[]; onDone: () => void }) {
  const [name, setName] = useState(agent.name)
  const [access, setAccess] = useState<Access>({
    roles: agent.roles,
    teamIds: agent.teamIds,
    visibility: agent.visibility,
  })
  const { roles, teamIds, visibility } = agent
  const mine = changesOf({ name: agent.name, roles, teamIds, visibility }, { name: name.trim(), ...access })
  const save = useMutation({
    mutationFn: () => call(updateAgent, { params: { id: agent.id }, body: mine }),
    onSuccess: () => {
      toast(t('settings.saved'))
      for (const changed of [listAgents, listTeams, getMe])
        void queryClient.invalidateQueries({ queryKey: keyOf(changed) })
      onDone()
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (access.roles.length === 0) return
    if (Object.keys(mine).length === 0) onDone()
    else save.mutate()
  }
  const { at, rest } = splitProblems(save.error, ['name', 'roles', 'teamIds'])
  return (
    <form onSubmit={submit} className={css.stack}>
      <p className={css.sub}>{agent.email}</p>
      <NameField label={t('people.name')} maxLength={100} error={at.name} value={name} onChange={setName} />
      <AccessFields
        value={access}
        teams={teams}
        onChange={(part) => setAccess({ ...access, ...part })}
        problems={{ roles: access.roles.length === 0 ? t('people.roles.missing') : at.roles, teamIds: at.teamIds }}
      />
      <FormEnd error={rest} action={t('settings.save')} isSaving={save.isPending} onCancel={onDone} />
    </form>
  )
}

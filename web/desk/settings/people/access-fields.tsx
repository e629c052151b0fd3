import { Checkbox, MultiSelect, Radio } from '@mantine/core'
import { type Agent, Role, roles as allRoles, type Team } from '#contract/team.ts'
import { t } from '../../messages/translate.ts'
import css from '../settings-form.module.css'

export type Access = Pick<Agent, 'roles' | 'teamIds' | 'visibility'>

type Props = {
  value: Access
  teams: readonly Team[]
  onChange: (part: Partial<Access>) => void
  problems: { roles?: string | undefined; teamIds?: string | undefined }
}

/** Roles with what each may do, the teams somebody belongs to, and whose tickets they see. */
export function AccessFields({ value, teams, onChange, problems }: Props) {
  const setVisibility = (chosen: string): void => onChange({ visibility: chosen === 'teams' ? 'teams' : 'all' })
  return (
    <>
      <Checkbox.Group
        label={t('people.roles')}
        error={problems.roles}
        value={value.roles}
        onChange={(chosen) => onChange({ roles: chosen.map((role) => Role.parse(role)) })}
      >
        <div className={css.stack}>
          {allRoles.map((role) => (
            <Checkbox key={role} value={role} label={t(`role.${role}`)} description={t(`role.${role}.may`)} />
          ))}
        </div>
      </Checkbox.Group>
      <MultiSelect
        label={t('people.teams')}
        data={teams.map(({ id, name }) => ({ value: id, label: name }))}
        error={problems.teamIds}
        clearable
        clearButtonProps={{ 'aria-label': t('people.teams.clear') }}
        value={value.teamIds}
        onChange={(chosen) => onChange({ teamIds: teams.filter(({ id }) => chosen.includes(id)).map(({ id }) => id) })}
      />
      <Radio.Group label={t('people.sees')} value={value.visibility} onChange={setVisibility}>
        <div className={css.stack}>
          <Radio size="xs" value="all" label={t('people.sees.all')} />
          <Radio size="xs" value="teams" label={t('people.sees.teams')} description={t('people.sees.teams.hint')} />
        </div>
      </Radio.Group>
    </>
  )
}

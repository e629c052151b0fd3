import { Button, Select } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { createApiKey, listApiKeys, Role, roles } from '#contract/team.ts'
import { call, keyOf } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import { queryClient } from '../../query-client.ts'
import { FormEnd } from '../../ui/form-end.tsx'
import { NameField } from '../../ui/name-field.tsx'
import { splitProblems } from '../../ui/split-problems.ts'
import { SecretOnce } from '../secret-once.tsx'
import css from '../settings-form.module.css'

/** Name and role, then the secret, once. */
export function NewKey({ onDone }: { onDone: () => void }) {
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('agent')
  const create = useMutation({
    mutationFn: () => call(createApiKey, { body: { name: name.trim(), role } }),
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: keyOf(listApiKeys) }),
  })
  if (create.data)
    return (
      <div className={css.stack}>
        <p className={css.sub}>{t('keys.secret.hint', { name: create.data.key.name })}</p>
        <SecretOnce text={create.data.secret} label={t('keys.secret.copy')} />
        <div className={css.buttons}>
          <Button onClick={onDone}>{t('settings.done')}</Button>
        </div>
      </div>
    )
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    create.mutate()
  }
  const { at, rest } = splitProblems(create.error, ['name', 'role'])
  return (
    <form onSubmit={submit} className={css.stack}>
      <NameField
        label={t('keys.name')}
        description={t('keys.name.hint')}
        maxLength={60}
        error={at.name}
        value={name}
        onChange={setName}
      />
      <Select
        label={t('keys.role')}
        description={t(`role.${role}.may`)}
        data={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
        allowDeselect={false}
        error={at.role}
        value={role}
        onChange={(value) => setRole(Role.parse(value))}
      />
      <FormEnd error={rest} action={t('keys.make')} isSaving={create.isPending} onCancel={onDone} />
    </form>
  )
}

import { Select, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { suppressAddress } from '#contract/addresses.ts'
import { forgetAddresses } from '../../addresses/queries.ts'
import { call } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import { FormEnd } from '../../ui/form-end.tsx'
import { splitProblems } from '../../ui/split-problems.ts'
import { toast } from '../../ui/toast.tsx'
import css from '../settings-form.module.css'

/** Holds mail back from an address by hand. */
export function AddAddress({ onDone }: { onDone: () => void }) {
  const [email, setEmail] = useState('')
  const [why, setWhy] = useState<'wrong' | 'unwanted'>('wrong')
  const add = useMutation({
    mutationFn: () => call(suppressAddress, { body: { email: email.trim().toLowerCase(), why } }),
    onSuccess: (facts) => {
      toast(t('address.added', { email: facts.email }))
      forgetAddresses()
      onDone()
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    add.mutate()
  }
  const { at, rest } = splitProblems(add.error, ['email', 'why'])
  return (
    <form onSubmit={submit} noValidate className={css.stack}>
      <TextInput
        label={t('address.add.email')}
        type="email"
        required
        maxLength={254}
        data-autofocus
        error={at.email}
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <Select
        label={t('address.add.why')}
        data={[
          { value: 'wrong', label: t('address.add.wrong') },
          { value: 'unwanted', label: t('address.add.unwanted') },
        ]}
        allowDeselect={false}
        error={at.why}
        value={why}
        onChange={(value) => setWhy(value === 'unwanted' ? 'unwanted' : 'wrong')}
      />
      <FormEnd error={rest} action={t('address.add')} isSaving={add.isPending} onCancel={onDone} />
    </form>
  )
}

import { SegmentedControl, TagsInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { type Account, createAccount, getAccount, listAccounts, Segment, updateAccount } from '#contract/customers.ts'
import { call, keyOf } from '../api.ts'
import { t } from '../messages/translate.ts'
import { queryClient } from '../query-client.ts'
import { FormEnd } from '../ui/form-end.tsx'
import { NameField } from '../ui/name-field.tsx'
import { splitProblems } from '../ui/split-problems.ts'
import { toast } from '../ui/toast.tsx'
import css from './customers.module.css'

type Props = { account: Account | null; onDone: (saved?: Account) => void }

const domainForm = /^([a-z0-9-]+\.)+[a-z]{2,}$/

export function AccountForm({ account, onDone }: Props) {
  const [name, setName] = useState(account?.name ?? '')
  const [segment, setSegment] = useState<Segment>(account?.segment ?? 'enterprise')
  const [domains, setDomains] = useState(account?.domains.map(({ domain }) => domain) ?? [])
  const save = useMutation({
    mutationFn: () => {
      const body = { name: name.trim(), segment, domains }
      return account ? call(updateAccount, { params: { id: account.id }, body }) : call(createAccount, { body })
    },
    onSuccess: (saved) => {
      toast(account ? t('settings.saved') : t('customers.account.added', { name: saved.name }))
      for (const changed of [listAccounts, getAccount]) void queryClient.invalidateQueries({ queryKey: keyOf(changed) })
      onDone(saved)
    },
  })
  const wrong = domains.find((domain) => !domainForm.test(domain))
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!wrong) save.mutate()
  }
  const { at, rest } = splitProblems(save.error, ['name', 'segment', 'domains'])
  return (
    <form onSubmit={submit} className={css.form}>
      <NameField label={t('customers.account.name')} maxLength={200} error={at.name} value={name} onChange={setName} />
      <div>
        <div className={css.label}>{t('contact.segment')}</div>
        <SegmentedControl
          size="xs"
          aria-label={t('contact.segment')}
          value={segment}
          onChange={(value) => setSegment(Segment.parse(value))}
          data={(['consumer', 'enterprise'] as const).map((value) => ({ value, label: t(`segment.${value}`) }))}
        />
      </div>
      <TagsInput
        label={t('customers.account.domains')}
        description={t('customers.account.domains.hint')}
        placeholder={domains.length === 0 ? t('customers.account.domains.placeholder') : ''}
        maxTags={50}
        splitChars={[',', ' ', ';']}
        acceptValueOnBlur
        error={wrong ? t('customers.account.domain.form', { domain: wrong }) : at.domains}
        value={domains}
        onChange={(values) => {
          save.reset()
          setDomains([...new Set(values.map((value) => value.trim().toLowerCase().replace(/^@/, '')))])
        }}
      />
      <FormEnd
        error={rest}
        action={account ? t('settings.save') : t('customers.account.add')}
        isSaving={save.isPending}
        onCancel={() => onDone()}
      />
    </form>
  )
}

import { SegmentedControl, Select } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { AccountRole, type Contact, getContact, listContacts, Segment, updateContact } from '#contract/customers.ts'
import type { Id } from '#contract/ids.ts'
import { call, keyOf } from '../api.ts'
import { t } from '../messages/translate.ts'
import { queryClient } from '../query-client.ts'
import { changesOf } from '../settings/use-versioned.ts'
import { FormEnd } from '../ui/form-end.tsx'
import { NameField } from '../ui/name-field.tsx'
import { splitProblems } from '../ui/split-problems.ts'
import { toast } from '../ui/toast.tsx'
import { AccountPicker } from './account-picker.tsx'
import css from './customers.module.css'

const zones = Intl.supportedValuesOf('timeZone')

/** Name, segment, zone, company and the role there. Only what was changed is sent. */
export function ContactForm({ contact, onDone }: { contact: Contact; onDone: () => void }) {
  const before = {
    name: contact.name,
    segment: contact.segment,
    timeZone: contact.timeZone,
    accountId: (contact.account?.id ?? null) as Id<'acc'> | null,
    accountRole: contact.account?.role ?? 'member',
  }
  const [draft, setDraft] = useState(before)
  const change = (part: Partial<typeof before>): void => setDraft({ ...draft, ...part })
  const mine = changesOf(before, { ...draft, name: draft.name.trim() })
  const save = useMutation({
    mutationFn: () => call(updateContact, { params: { id: contact.id }, body: mine }),
    onSuccess: () => {
      toast(t('settings.saved'))
      for (const changed of [getContact, listContacts]) void queryClient.invalidateQueries({ queryKey: keyOf(changed) })
      onDone()
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (Object.keys(mine).length === 0) onDone()
    else save.mutate()
  }
  const { at, rest } = splitProblems(save.error, ['name', 'timeZone', 'accountId', 'accountRole'])
  return (
    <form onSubmit={submit} className={css.form}>
      <NameField
        label={t('customers.contact.name')}
        maxLength={200}
        error={at.name}
        value={draft.name}
        onChange={(name) => change({ name })}
      />
      <AccountPicker
        value={draft.accountId}
        name={contact.account?.name ?? ''}
        error={at.accountId}
        onChange={(accountId) => change({ accountId })}
      />
      {draft.accountId && (
        <Select
          label={t('customers.contact.role')}
          description={t('customers.contact.role.hint')}
          allowDeselect={false}
          error={at.accountRole}
          data={AccountRole.options.map((value) => ({ value, label: t(`contact.role.${value}`) }))}
          value={draft.accountRole}
          onChange={(value) => change({ accountRole: AccountRole.parse(value) })}
        />
      )}
      <div>
        <div className={css.label}>{t('contact.segment')}</div>
        <SegmentedControl
          size="xs"
          aria-label={t('contact.segment')}
          value={draft.segment}
          onChange={(value) => change({ segment: Segment.parse(value) })}
          data={(['consumer', 'enterprise'] as const).map((value) => ({ value, label: t(`segment.${value}`) }))}
        />
      </div>
      <Select
        label={t('customers.contact.timeZone')}
        description={t('customers.contact.timeZone.hint')}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('customers.contact.timeZone.hint') }}
        limit={100}
        error={at.timeZone}
        data={draft.timeZone && !zones.includes(draft.timeZone) ? [draft.timeZone, ...zones] : zones}
        value={draft.timeZone}
        onChange={(timeZone) => change({ timeZone })}
      />
      <FormEnd error={rest} action={t('settings.save')} isSaving={save.isPending} onCancel={onDone} />
    </form>
  )
}

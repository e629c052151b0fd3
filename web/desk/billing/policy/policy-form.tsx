import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { type getRefundPolicy, type PolicyLimits, updateRefundPolicy } from '#contract/billing.ts'
import type { ResultOf } from '#contract/endpoint.ts'
import { call } from '../../api.ts'
import { ApiError } from '../../api-error.ts'
import { t } from '../../messages/translate.ts'
import { queryClient } from '../../query-client.ts'
import { useMay } from '../../session.ts'
import { DisabledReason } from '../../ui/disabled-reason.tsx'
import { FieldRow } from '../../ui/field-row.tsx'
import { FormError } from '../../ui/form-error.tsx'
import { toast } from '../../ui/toast.tsx'
import { refundPolicyQuery } from '../queries.ts'
import { formOf, type LimitsForm, type NumberField, readForm } from './limits-form.ts'
import { LimitsTable } from './limits-table.tsx'
import css from './policy-form.module.css'

type Policy = ResultOf<typeof getRefundPolicy>

const numbers: NumberField[] = ['monthlyWindowDays', 'yearlyWindowDays', 'repeatPerYear']

/** Changes begin at the version they were typed over; when somebody saved meanwhile, both are shown and neither is lost. */
export function PolicyForm({ policy }: { policy: Policy }) {
  const [base, setBase] = useState({ version: policy.version, limits: policy.limits })
  const [form, setForm] = useState(() => formOf(policy.limits))
  const mayWrite = useMay('settings.write')
  const { limits, problems } = readForm(form)
  const changed = JSON.stringify(form) !== JSON.stringify(formOf(base.limits))
  // A newer version is taken over by itself only where nothing was typed.
  if (policy.version !== base.version && !changed) take(policy)
  const overtaken = policy.version > base.version && changed

  function take({ version, limits }: Policy): void {
    setBase({ version, limits })
    setForm(formOf(limits))
  }
  const save = useMutation({
    mutationFn: (next: PolicyLimits) =>
      call(updateRefundPolicy, { body: { limits: next, version: overtaken ? policy.version : base.version } }),
    onSuccess: async (_done, next) => {
      setBase({ version: policy.version, limits: next })
      setForm(formOf(next))
      await queryClient.invalidateQueries({ queryKey: refundPolicyQuery.queryKey })
      toast(t('policy.saved'))
    },
    onError: (error) => {
      if (error instanceof ApiError && (error.code === 'stale' || error.code === 'conflict'))
        void queryClient.invalidateQueries({ queryKey: refundPolicyQuery.queryKey })
    },
  })
  const reason = !mayWrite ? t('policy.mayNot') : !changed ? t('policy.unchanged') : limits === null && t('policy.mend')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!reason && limits && !save.isPending) save.mutate(limits)
  }
  const put = (part: Partial<LimitsForm>): void => {
    save.reset()
    setForm({ ...form, ...part })
  }
  return (
    <form onSubmit={submit} noValidate>
      <p className={css.hint}>{t('policy.hint')}</p>
      <LimitsTable form={form} problems={problems} mayWrite={mayWrite} onChange={(rows) => put({ rows })} />
      {numbers.map((field) => (
        <FieldRow key={field} label={t(`policy.${field}`)} hint={t(`policy.${field}.hint`)} htmlFor={`policy-${field}`}>
          <TextInput
            id={`policy-${field}`}
            className={css.number}
            inputMode="numeric"
            maxLength={3}
            readOnly={!mayWrite}
            value={form[field]}
            error={problems[field]}
            onChange={(event) => put({ [field]: event.currentTarget.value })}
          />
        </FieldRow>
      ))}
      <div className={css.foot}>
        {overtaken ? (
          <FormError>
            {t('policy.overtaken', { version: String(policy.version) })}{' '}
            <button type="button" className={css.take} onClick={() => take(policy)}>
              {t('policy.take', { version: String(policy.version) })}
            </button>
          </FormError>
        ) : (
          <FormError error={save.error} />
        )}
        <DisabledReason reason={reason}>
          <Button type="submit" loading={save.isPending}>
            {overtaken
              ? t('policy.saveOver', { version: String(policy.version + 1) })
              : t('policy.save', { version: String(base.version + 1) })}
          </Button>
        </DisabledReason>
      </div>
    </form>
  )
}

import { Button, FileInput, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import {
  type EntitlementImport,
  importEntitlements,
  listEntitlements,
  previewEntitlementImport,
} from '#contract/entitlements.ts'
import { useRefusal } from '../../access.ts'
import { call, keyOf } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import { queryClient } from '../../query-client.ts'
import { Card } from '../../ui/card.tsx'
import { DisabledReason } from '../../ui/disabled-reason.tsx'
import { FactsList } from '../../ui/facts-list.tsx'
import { FormError } from '../../ui/form-error.tsx'
import { SkeletonRows } from '../../ui/skeleton-rows.tsx'
import { toast } from '../../ui/toast.tsx'
import formCss from '../settings-form.module.css'
import css from './product.module.css'

type Chosen = { name: string; csv: string }
const maxBytes = 4_000_000
const shownProblems = 10

/** A list of what the product grants: chosen, looked at, and taken in. */
export function ImportCard() {
  const refusal = useRefusal('contacts.write')
  const [file, setFile] = useState<File | null>(null)
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [asOf, setAsOf] = useState(() => localNow())
  const at = Date.parse(asOf)
  const body = chosen && !Number.isNaN(at) ? { ...chosen, asOf: new Date(at).toISOString() } : null
  const preview = useQuery({
    queryKey: [...keyOf(previewEntitlementImport), body],
    queryFn: ({ signal }) => {
      if (!body) throw new TypeError('no file is chosen')
      return call(previewEntitlementImport, { body }, { signal })
    },
    enabled: body !== null && !refusal,
    gcTime: 0,
    retry: false,
  })
  const take = useMutation({
    mutationFn: (wanted: NonNullable<typeof body>) => call(importEntitlements, { body: wanted }),
    onSuccess: (done) => {
      toast(t('entitlements.taken', { count: done.new + done.changed }))
      void queryClient.invalidateQueries({ queryKey: keyOf(listEntitlements) })
      setFile(null)
      setChosen(null)
    },
  })
  const choose = async (next: File | null): Promise<void> => {
    take.reset()
    setFile(next)
    setChosen(null)
    if (next && next.size <= maxBytes) setChosen({ name: next.name.slice(0, 200), csv: await next.text() })
  }
  const isTooLong = file !== null && file.size > maxBytes
  const news = preview.data ? preview.data.new + preview.data.changed : 0
  const missing =
    refusal ?? (!body ? t('entitlements.missing') : preview.data && news === 0 ? t('entitlements.nothing') : null)
  return (
    <Card title={t('entitlements.title')}>
      <div className={css.fields}>
        <p className="muted" style={{ margin: 0 }}>
          {t('entitlements.hint')}
        </p>
        <div className={css.pair}>
          <FileInput
            label={t('entitlements.file')}
            placeholder={t('entitlements.choose')}
            accept=".csv,text/csv,text/plain"
            clearable
            clearButtonProps={{ 'aria-label': t('entitlements.clear') }}
            error={isTooLong ? t('entitlements.unreadable') : null}
            value={file}
            onChange={(next) => void choose(next)}
          />
          <TextInput
            type="datetime-local"
            label={t('entitlements.asOf')}
            description={t('entitlements.asOf.hint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={asOf}
            onChange={(event) => setAsOf(event.currentTarget.value)}
          />
        </div>
        <FormError error={take.error ?? (body ? preview.error : null)} />
        {body && preview.isPending && !refusal && <SkeletonRows rows={2} />}
        {body && preview.data && <Preview found={preview.data} />}
        <div className={formCss.buttons}>
          <DisabledReason reason={missing}>
            <Button loading={take.isPending} onClick={() => body && take.mutate(body)}>
              {preview.data ? t('entitlements.take', { count: news }) : t('entitlements.takeIn')}
            </Button>
          </DisabledReason>
        </div>
      </div>
    </Card>
  )
}

/** What the file would change, and the first rows that cannot be read. */
function Preview({ found }: { found: EntitlementImport }) {
  const problems = found.problems.slice(0, shownProblems)
  const rest = found.problems.length - problems.length
  const counts = (['new', 'changed', 'same', 'older', 'problemRows'] as const).filter(
    (what) => found[what] > 0 || what === 'new' || what === 'changed',
  )
  return (
    <section aria-label={t('entitlements.preview')}>
      <FactsList
        facts={counts.map((what) => ({
          label: t(`entitlements.${what}`),
          value: <span className="num">{found[what]}</span>,
        }))}
      />
      {problems.length > 0 && (
        <ul className={css.problems}>
          {problems.map(({ line, column, message }) => (
            <li key={`${String(line)} ${column ?? ''} ${message}`}>
              {column === null ? t('entitlements.line', { line }) : t('entitlements.column', { line, column })}:{' '}
              {message}
            </li>
          ))}
          {rest > 0 && <li>{t('entitlements.more', { count: rest })}</li>}
        </ul>
      )}
    </section>
  )
}

/** Now, as a field for a date and time takes it. */
function localNow(): string {
  const now = new Date()
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

import { Button, FileInput, Progress, SegmentedControl, Select } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { listImportFiles, listImports, startImport } from '#contract/imports.ts'
import { listMailboxes } from '#contract/mailboxes.ts'
import { call, keyOf, read, readPages } from '../../api.ts'
import { fileSize } from '../../inbox/conversation/file-size.ts'
import { t } from '../../messages/translate.ts'
import { queryClient } from '../../query-client.ts'
import { DisabledReason } from '../../ui/disabled-reason.tsx'
import { FormError } from '../../ui/form-error.tsx'
import css from './import.module.css'
import { uploadFile } from './upload-file.ts'

type From = 'upload' | 'server'

/** Chooses a mailbox and an archive, and begins. */
export function StartImport() {
  const mailboxes = useInfiniteQuery(readPages(listMailboxes, { query: { limit: 100 } }, ['mailbox']))
  const [from, setFrom] = useState<From>('upload')
  const files = useQuery({ ...read(listImportFiles, {}), enabled: from === 'server' })
  const [mailbox, setMailbox] = useState<string | null>(null)
  const [file, setFile] = useState<File | null>(null)
  const [name, setName] = useState<string | null>(null)
  const [sent, setSent] = useState(0)
  const mailboxId = (mailbox ?? mailboxes.data?.[0]?.id ?? '') as `box_${string}`
  const start = useMutation({
    mutationFn: async () => {
      const body =
        from === 'server'
          ? { mailboxId, file: name ?? '' }
          : { mailboxId, upload: { name: file?.name ?? '', size: file?.size ?? 0 } }
      const made = await call(startImport, { body })
      if (from === 'upload' && file) await uploadFile(made.id, file, setSent)
    },
    onSuccess: () => {
      setFile(null)
      setName(null)
    },
    onSettled: () => {
      setSent(0)
      return queryClient.invalidateQueries({ queryKey: keyOf(listImports) })
    },
  })
  const missing = from === 'upload' ? !file && t('import.missing.upload') : !name && t('import.missing.file')
  return (
    <div className={css.form}>
      <p className="muted">{t('import.start.hint')}</p>
      <Select
        label={t('import.mailbox')}
        description={t('import.mailbox.hint')}
        allowDeselect={false}
        data={(mailboxes.data ?? []).map(({ id, address }) => ({ value: id as string, label: address }))}
        value={mailboxId || null}
        onChange={setMailbox}
      />
      <SegmentedControl
        aria-label={t('import.from')}
        value={from}
        onChange={(value) => setFrom(value as From)}
        data={[
          { value: 'upload', label: t('import.from.upload') },
          { value: 'server', label: t('import.from.server') },
        ]}
      />
      {from === 'upload' ? (
        <FileInput
          label={t('import.file')}
          description={t('import.file.hint')}
          placeholder={t('import.file.choose')}
          clearable
          clearButtonProps={{ 'aria-label': t('import.file.clear') }}
          value={file}
          onChange={setFile}
        />
      ) : (
        <Select
          label={t('import.found')}
          description={t('import.found.hint', { folder: files.data?.folder ?? '' })}
          placeholder={files.data?.items.length === 0 ? t('import.found.none') : t('import.found.choose')}
          data={(files.data?.items ?? []).map((one) => ({
            value: one.name,
            label: one.kind === 'mbox' ? `${one.name} · ${fileSize(one.size)}` : `${one.name} · Maildir`,
          }))}
          value={name}
          onChange={setName}
        />
      )}
      {start.isPending && from === 'upload' && file && (
        <Progress value={(100 * sent) / Math.max(1, file.size)} aria-label={t('import.uploading')} />
      )}
      <FormError error={start.error} />
      <div>
        <DisabledReason reason={missing}>
          <Button loading={start.isPending} onClick={() => start.mutate()}>
            {t('import.start')}
          </Button>
        </DisabledReason>
      </div>
    </div>
  )
}

import { NumberInput, Switch, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getMe, getSettings, type Settings, updateSettings } from '#contract/team.ts'
import { useRefusal } from '../access.ts'
import { ApiError } from '../api-error.ts'
import { call, keyOf, read } from '../api.ts'
import { t } from '../messages/translate.ts'
import { queryClient } from '../query-client.ts'
import { Card } from '../ui/card.tsx'
import { confirm } from '../ui/confirm.tsx'
import { FieldRow } from '../ui/field-row.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Notice } from '../ui/notice.tsx'
import { splitProblems } from '../ui/split-problems.ts'
import { toast } from '../ui/toast.tsx'
import { ChangedMeanwhile } from './changed-meanwhile.tsx'
import { deskProblems } from './desk-problems.ts'
import { SaveBar } from './save-bar.tsx'
import css from './settings-form.module.css'
import { useVersioned } from './use-versioned.ts'

const settingsQuery = read(getSettings, {}, ['settings'])

export function DeskSection() {
  const settings = useQuery(settingsQuery)
  return <Loaded query={settings}>{(current) => <DeskForm current={current} />}</Loaded>
}

function DeskForm({ current }: { current: Settings }) {
  const refusal = useRefusal('settings.write')
  const form = useVersioned(current)
  const { draft } = form
  const save = useMutation({
    mutationFn: () => call(updateSettings, { body: { ...form.mine, version: form.version } }),
    onSuccess: (saved) => {
      queryClient.setQueryData(settingsQuery.queryKey, saved)
      form.adopt(saved)
      toast(t('settings.saved'))
      void queryClient.invalidateQueries({ queryKey: keyOf(getMe) })
    },
    onError: (error) => {
      if (error instanceof ApiError && error.code === 'stale') void queryClient.invalidateQueries(settingsQuery)
    },
  })
  const own = deskProblems(draft)
  const { at, rest } = splitProblems(save.error, [
    'companyName',
    'closedAfterDays',
    'purgeDeletedDays',
    'undoSeconds',
    'ownerMetadataKey',
    'stripeReadsPerSecond',
    'domainMailsPerMinute',
    'domainMailsAtOnce',
  ])
  const solo = async (on: boolean): Promise<void> => {
    const sure =
      !on ||
      (await confirm({
        title: t('desk.solo.ask'),
        body: t('desk.solo.warning'),
        action: t('desk.solo.turnOn'),
        danger: true,
      }))
    if (sure) form.change({ soloMode: on })
  }
  const stale = save.error instanceof ApiError && save.error.code === 'stale'
  return (
    <>
      {refusal && <Notice kind="locked">{refusal}</Notice>}
      <ChangedMeanwhile
        show={form.changedMeanwhile}
        type="settings.changed"
        onReload={() => {
          save.reset()
          form.reload()
        }}
        onKeep={() => {
          save.reset()
          form.rebase()
        }}
      />
      <Card>
        <fieldset className={css.fields} disabled={refusal !== null} aria-label={t('settings.section.desk')}>
          <FieldRow label={t('desk.company')} hint={t('desk.company.hint')} htmlFor="desk-company">
            <TextInput
              id="desk-company"
              className={css.wide}
              maxLength={80}
              error={own.companyName ?? at.companyName}
              value={draft.companyName}
              onChange={(event) => form.change({ companyName: event.currentTarget.value })}
            />
          </FieldRow>
          <FieldRow label={t('desk.closedAfter')} hint={t('desk.closedAfter.hint')} htmlFor="desk-closed">
            <NumberInput
              id="desk-closed"
              className={css.number}
              min={1}
              max={365}
              allowDecimal={false}
              suffix={` ${t('desk.days')}`}
              error={own.closedAfterDays ?? at.closedAfterDays}
              value={draft.closedAfterDays}
              onChange={(value) => form.change({ closedAfterDays: Number(value) })}
            />
          </FieldRow>
          <FieldRow label={t('desk.purge')} hint={t('desk.purge.hint')} htmlFor="desk-purge">
            <NumberInput
              id="desk-purge"
              className={css.number}
              min={1}
              max={365}
              allowDecimal={false}
              suffix={` ${t('desk.days')}`}
              error={own.purgeDeletedDays ?? at.purgeDeletedDays}
              value={draft.purgeDeletedDays}
              onChange={(value) => form.change({ purgeDeletedDays: Number(value) })}
            />
          </FieldRow>
          <FieldRow label={t('desk.undo')} hint={t('desk.undo.hint')} htmlFor="desk-undo">
            <NumberInput
              id="desk-undo"
              className={css.number}
              min={0}
              max={60}
              allowDecimal={false}
              suffix={` ${t('desk.seconds')}`}
              error={own.undoSeconds ?? at.undoSeconds}
              value={draft.undoSeconds}
              onChange={(value) => form.change({ undoSeconds: Number(value) })}
            />
          </FieldRow>
          <FieldRow label={t('desk.csat')} hint={t('desk.csat.hint')} htmlFor="desk-csat">
            <Switch
              id="desk-csat"
              checked={draft.csat}
              onChange={(event) => form.change({ csat: event.currentTarget.checked })}
            />
          </FieldRow>
          <FieldRow label={t('desk.domainMails')} hint={t('desk.domainMails.hint')} htmlFor="desk-domain-mails">
            <NumberInput
              id="desk-domain-mails"
              className={css.number}
              min={0}
              max={1000}
              allowDecimal={false}
              suffix={` ${t('desk.perMinute')}`}
              error={own.domainMailsPerMinute ?? at.domainMailsPerMinute}
              value={draft.domainMailsPerMinute}
              onChange={(value) => form.change({ domainMailsPerMinute: Number(value) })}
            />
          </FieldRow>
          <FieldRow label={t('desk.domainAtOnce')} hint={t('desk.domainAtOnce.hint')} htmlFor="desk-domain-at-once">
            <NumberInput
              id="desk-domain-at-once"
              className={css.number}
              min={1}
              max={12}
              allowDecimal={false}
              error={own.domainMailsAtOnce ?? at.domainMailsAtOnce}
              value={draft.domainMailsAtOnce}
              onChange={(value) => form.change({ domainMailsAtOnce: Number(value) })}
            />
          </FieldRow>
          <FieldRow label={t('desk.ownerKey')} hint={t('desk.ownerKey.hint')} htmlFor="desk-owner">
            <TextInput
              id="desk-owner"
              className={css.wide}
              maxLength={40}
              spellCheck={false}
              error={own.ownerMetadataKey ?? at.ownerMetadataKey}
              value={draft.ownerMetadataKey}
              onChange={(event) => form.change({ ownerMetadataKey: event.currentTarget.value })}
            />
          </FieldRow>
          <FieldRow label={t('desk.stripeReads')} hint={t('desk.stripeReads.hint')} htmlFor="desk-stripe-reads">
            <NumberInput
              id="desk-stripe-reads"
              className={css.number}
              min={1}
              max={1000}
              allowDecimal={false}
              suffix={` ${t('desk.perSecond')}`}
              error={own.stripeReadsPerSecond ?? at.stripeReadsPerSecond}
              value={draft.stripeReadsPerSecond}
              onChange={(value) => form.change({ stripeReadsPerSecond: Number(value) })}
            />
          </FieldRow>
          <FieldRow
            label={t('desk.solo')}
            hint={
              <>
                {t('desk.solo.hint')}
                {draft.soloMode && <span className={css.warning}>{t('desk.solo.isOn')}</span>}
              </>
            }
            htmlFor="desk-solo"
          >
            <Switch
              id="desk-solo"
              color="red"
              checked={draft.soloMode}
              onChange={(event) => void solo(event.currentTarget.checked)}
            />
          </FieldRow>
        </fieldset>
        <SaveBar
          dirty={form.dirty}
          saving={save.isPending}
          error={stale ? null : rest}
          problem={
            form.changedMeanwhile
              ? t('settings.meanwhile.first')
              : Object.keys(own).length > 0
                ? t('settings.problems')
                : null
          }
          onSave={save.mutate}
          onDiscard={() => {
            save.reset()
            form.reload()
          }}
        />
      </Card>
    </>
  )
}

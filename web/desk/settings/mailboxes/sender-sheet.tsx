import '../../messages/rooms/sending.ts'
import { Button, Switch, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { Mailbox } from '#contract/mailboxes.ts'
import { getSender, saveSender, testSender, type Sender } from '#contract/sending.ts'
import { call, read } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import { queryClient } from '../../query-client.ts'
import { FormError } from '../../ui/form-error.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Sheet, SheetBody, SheetFooter, SheetPart } from '../../ui/sheet.tsx'
import { splitProblems } from '../../ui/split-problems.ts'
import { toast } from '../../ui/toast.tsx'
import css from '../settings-form.module.css'
import { draftOf, inputOf, isNewWay, type SenderDraft } from './sender-draft.ts'
import { passes, SenderTest } from './sender-test.tsx'
import { ServerFields } from './server-fields.tsx'

type Props = { mailbox: Mailbox; opened: boolean; onClose: () => void }

/** How one mailbox sends. Another server is tried first, and kept when it takes mail or when somebody wants it anyway. */
export function SenderSheet({ mailbox, opened, onClose }: Props) {
  const sender = useQuery(read(getSender, { params: { id: mailbox.id } }, ['mailbox']))
  return (
    <Sheet opened={opened} onClose={onClose} title={t('sender.title', { address: mailbox.address })}>
      <Loaded query={sender}>{(current) => <SenderForm mailbox={mailbox} current={current} />}</Loaded>
    </Sheet>
  )
}

const fields = ['displayName', 'bounceDomain', 'server.host', 'server.port', 'server.username'] as const
/** The test has the same fields below `sender`. */
const tested = fields.map((field) => `sender.${field}` as const)

function SenderForm({ mailbox, current }: { mailbox: Mailbox; current: Sender }) {
  const params = { id: mailbox.id }
  const [draft, setDraft] = useState(() => draftOf(current))
  const isNew = isNewWay(draft, current)
  const save = useMutation({
    mutationFn: (typed: SenderDraft) => call(saveSender, { params, body: inputOf(typed) }),
    onSuccess: (saved, typed) => {
      queryClient.setQueryData(read(getSender, { params }).queryKey, saved)
      // What was typed meanwhile is not saved yet.
      setDraft((now) => (now === typed ? draftOf(saved) : now))
      toast(t('settings.saved'))
    },
  })
  const test = useMutation({
    mutationFn: (typed: SenderDraft) => call(testSender, { params, body: { sender: inputOf(typed) } }),
  })
  const change = (part: Partial<SenderDraft>): void => {
    test.reset()
    save.reset()
    setDraft({ ...draft, ...part })
  }
  const tryIt = (onPassed?: () => void): void => {
    save.reset()
    test.mutate(draft, { onSuccess: (result) => passes(result) && onPassed?.() })
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    // Exactly what was tried is kept.
    if (isNew) tryIt(() => save.mutate(draft))
    else save.mutate(draft)
  }
  const hasFailed = test.data !== undefined && !passes(test.data)
  const saving = splitProblems(save.error, fields)
  const testing = splitProblems(test.error, tested)
  const problem = (field: (typeof fields)[number]) => saving.at[field] ?? testing.at[`sender.${field}`]
  return (
    <form onSubmit={submit} style={{ display: 'contents' }}>
      <SheetBody>
        {test.data && <SenderTest result={test.data} />}
        <SheetPart title={t('sender.part.from')}>
          <TextInput
            label={t('sender.name')}
            description={t('sender.name.hint', { agent: '{agent}' })}
            placeholder={mailbox.name}
            maxLength={100}
            error={problem('displayName')}
            value={draft.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
        </SheetPart>
        <SheetPart title={t('sender.part.server')}>
          <div className={css.stack}>
            <Switch
              label={t('sender.own')}
              description={t('sender.own.hint')}
              checked={draft.own}
              onChange={(event) => change({ own: event.currentTarget.checked })}
            />
            {draft.own && (
              <ServerFields
                draft={draft}
                hasPassword={current.server?.hasPassword ?? false}
                problems={{
                  host: problem('server.host'),
                  port: problem('server.port'),
                  username: problem('server.username'),
                }}
                onChange={change}
              />
            )}
          </div>
        </SheetPart>
        <SheetPart title={t('sender.part.bounces')}>
          <TextInput
            label={t('sender.bounce')}
            description={t('sender.bounce.hint')}
            placeholder="bounces.example.com"
            spellCheck={false}
            maxLength={253}
            error={problem('bounceDomain')}
            value={draft.bounceDomain}
            onChange={(event) => change({ bounceDomain: event.currentTarget.value })}
          />
        </SheetPart>
      </SheetBody>
      <SheetFooter>
        <FormError error={saving.rest ?? testing.rest}>
          {hasFailed ? t(isNew ? 'sender.notKept' : 'sender.isKept') : null}
        </FormError>
        <p className={`muted ${css.hint}`}>{t('sender.testHint')}</p>
        <div className={css.buttons}>
          {hasFailed && isNew && (
            <Button variant="default" loading={save.isPending} onClick={() => save.mutate(draft)}>
              {t('sender.saveAnyway')}
            </Button>
          )}
          {!isNew && (
            <Button variant="default" loading={test.isPending} onClick={() => tryIt()}>
              {t('sender.test')}
            </Button>
          )}
          <Button type="submit" loading={save.isPending || (isNew && test.isPending)}>
            {isNew ? t('sender.testAndSave') : t('sender.save')}
          </Button>
        </div>
      </SheetFooter>
    </form>
  )
}

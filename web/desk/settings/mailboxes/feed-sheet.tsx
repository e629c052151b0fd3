import '../../messages/rooms/mailbox-feed.ts'
import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { type Feed, getFeed, getMailboxHealth, putFeed, testFeed } from '#contract/feeds.ts'
import type { Mailbox } from '#contract/mailboxes.ts'
import { call, keyOf, read } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import { queryClient } from '../../query-client.ts'
import { FormError } from '../../ui/form-error.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Notice } from '../../ui/notice.tsx'
import { splitProblems } from '../../ui/split-problems.ts'
import { Sheet, SheetBody, SheetFooter } from '../../ui/sheet.tsx'
import { toast } from '../../ui/toast.tsx'
import css from '../settings-form.module.css'
import { draftOf, inputOf, type FeedDraft } from './feed-draft.ts'
import { FeedFields, feedFields } from './feed-fields.tsx'
import { FeedState } from './feed-state.tsx'
import { FeedTestResult } from './feed-test-result.tsx'

type Props = { mailbox: Mailbox; opened: boolean; onClose: () => void }

/** How one mailbox is read where it is, a try of it, and how the reading goes. */
export function FeedSheet({ mailbox, opened, onClose }: Props) {
  const feed = useQuery(read(getFeed, { params: { id: mailbox.id } }, ['feed']))
  return (
    <Sheet opened={opened} onClose={onClose} title={t('feed.title', { address: mailbox.address })}>
      <Loaded query={feed}>
        {(current) => <FeedForm mailbox={mailbox} current={current.feed} onClose={onClose} />}
      </Loaded>
    </Sheet>
  )
}

type FormProps = { mailbox: Mailbox; current: Feed | null; onClose: () => void }

function FeedForm({ mailbox, current, onClose }: FormProps) {
  const params = { id: mailbox.id }
  const [draft, setDraft] = useState<FeedDraft>(() => draftOf(current, mailbox.address))
  const test = useMutation({ mutationFn: () => call(testFeed, { params, body: inputOf(draft) }) })
  const save = useMutation({
    mutationFn: () => call(putFeed, { params, body: inputOf(draft) }),
    onSuccess: () => {
      for (const changed of [getFeed, getMailboxHealth])
        void queryClient.invalidateQueries({ queryKey: keyOf(changed) })
      toast(current ? t('settings.saved') : t('feed.isConnected', { address: mailbox.address }))
      setDraft({ ...draft, password: '', clientSecret: '', refreshToken: '' })
    },
  })
  const { at, rest } = splitProblems(save.error ?? test.error, feedFields)
  const problems = Object.keys(at).length
  const change = (part: Partial<FeedDraft>): void => {
    test.reset()
    save.reset()
    setDraft({ ...draft, ...part })
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <form onSubmit={submit} style={{ display: 'contents' }}>
      <SheetBody>
        {current ? (
          <FeedState mailbox={mailbox} feed={current} onRemoved={onClose} />
        ) : (
          <div className={css.intro}>
            <Notice>{t('feed.intro')}</Notice>
          </div>
        )}
        <FeedFields draft={draft} isNew={current === null} problems={at} onChange={change} />
      </SheetBody>
      <SheetFooter>
        <FormError error={rest}>{problems > 0 ? t('feed.marked') : null}</FormError>
        {test.data && !save.error && <FeedTestResult result={test.data} readsSent={draft.readSent} />}
        <div className={css.buttons}>
          <Button
            variant="default"
            loading={test.isPending}
            disabled={!draft.host.trim()}
            onClick={() => {
              save.reset()
              test.mutate()
            }}
          >
            {t('feed.test')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {current ? t('settings.save') : t('feed.connect')}
          </Button>
        </div>
      </SheetFooter>
    </form>
  )
}

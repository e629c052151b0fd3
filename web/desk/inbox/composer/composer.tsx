import { IconPaperclip } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type DragEvent, lazy, Suspense, useRef, useState } from 'react'
import type { Id } from '#contract/ids.ts'
import type { Ticket } from '#contract/inbox.ts'
import { t } from '../../messages/translate.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { useComposerInsert } from '../composer-insert.ts'
import { replyDefaultsQuery } from '../queries.ts'
import { ArrivedBar } from './arrived-bar.tsx'
import { Audience } from './audience.tsx'
import css from './composer.module.css'
import { queryClient } from '../../query-client.ts'
import { DraftStateWords } from './draft-state-words.tsx'
import type { EditorHandle } from './editor.tsx'
import { PendingFiles } from './pending-files.tsx'
import { SendButton, type StatusAfter } from './send-button.tsx'
import { sendReason } from './send-reason.ts'
import { useArrived } from './use-arrived.ts'
import { useDraft } from './use-draft.ts'
import { useSend } from './use-send.ts'
import { useUploads } from './use-uploads.ts'

const AddressBar = lazy(() =>
  import('../../addresses/address-bar.tsx').then(({ AddressBar }) => ({ default: AddressBar })),
)
const AnswerAddressBar = lazy(() =>
  import('./answer-address-bar.tsx').then(({ AnswerAddressBar }) => ({ default: AnswerAddressBar })),
)
const SubjectBar = lazy(() => import('./subject-bar.tsx').then(({ SubjectBar }) => ({ default: SubjectBar })))
const Editor = lazy(() => import('./editor.tsx').then(({ Editor }) => ({ default: Editor })))

type Props = {
  ticket: Ticket
  /** Why no reply can be written; notes still can. */
  noReply: string | null
  /** Hands out how to begin writing, once that is possible; `typed` is what was typed until then. */
  onReady: (begin: ((kind: 'reply' | 'note', typed?: string) => void) | null) => void
}

/** Where a reply or a note is written: who sees it, the words, the files, the way out. */
export function Composer({ ticket, noReply, onReady }: Props) {
  const draft = useDraft(ticket.id)
  const { content, startedAt, setStartedAt } = draft
  const defaults = useQuery(replyDefaultsQuery(ticket.id))
  const { count: arrived, newestAt } = useArrived(ticket.id, startedAt)
  const [warned, setWarned] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)
  const [dropping, setDropping] = useState(false)
  const [round, setRound] = useState(0)
  const [subject, setSubject] = useState<string | null>(null)
  const [anyway, setAnyway] = useState(false)
  const [mailboxId, setMailboxId] = useState<Id<'box'> | null>(null)
  const editor = useRef<EditorHandle | null>(null)
  const waitingText = useRef<string | null>(null)
  const picker = useRef<HTMLInputElement>(null)
  const { uploads, add } = useUploads(ticket.id, (file) =>
    draft.change(({ attachments }) => ({ attachments: [...attachments, file] })),
  )
  const send = useSend(ticket.id, ticket.requester.name, (kind) => {
    draft.clear(kind)
    setWarned(false)
    setSubject(null)
    setAnyway(false)
    setRound((now) => now + 1)
  })

  const kind = noReply ? 'note' : (content?.kind ?? 'reply')
  const begin = (next: 'reply' | 'note', typed = ''): void => {
    draft.change((now) => (now.kind === next ? {} : { kind: next }))
    editor.current?.focus()
    if (typed) editor.current?.insert(typed)
  }
  useComposerInsert(ticket.id, (text) => {
    if (kind !== 'reply') draft.change({ kind: 'reply' })
    if (editor.current) editor.current.insert(text)
    else waitingText.current = text
  })
  if (!content) return <div className={css.waiting} />

  const to = content.to ?? defaults.data?.to
  const cc = content.cc ?? defaults.data?.cc ?? []
  const from = defaults.data?.from
  const proposed = defaults.error ? null : defaults.data
  const uploading = uploads.length > 0
  const reason = send.isPending ? t('composer.sending') : sendReason({ content, kind, uploading, defaults: proposed })
  const go = async (status?: StatusAfter): Promise<void> => {
    if (send.isPending) return
    // What was typed a moment ago may not be drawn yet, and who gets it may still be on its way.
    const people = await queryClient.ensureQueryData(replyDefaultsQuery(ticket.id)).catch(() => null)
    const now = draft.now() ?? content
    const against = sendReason({ content: now, kind, uploading, defaults: people })
    setRefused(against)
    if (against) return
    if (arrived > 0 && !warned) {
      setWarned(true)
      return
    }
    await draft.finish()
    send.mutate({
      content: { ...now, kind },
      to: now.to ?? people?.to ?? [],
      cc: now.cc ?? people?.cc ?? [],
      status,
      subject,
      anyway,
      mailboxId,
    })
  }
  const drop = (event: DragEvent): void => {
    setDropping(false)
    if (event.dataTransfer.files.length === 0) return
    event.preventDefault()
    add(event.dataTransfer.files)
  }

  return (
    <section
      className={css.composer}
      data-kind={kind}
      data-dropping={dropping || undefined}
      aria-label={t('composer.label')}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        setDropping(true)
      }}
      onDragLeave={() => setDropping(false)}
      onDrop={drop}
    >
      {arrived > 0 && (
        <ArrivedBar count={arrived} warned={warned} onRead={() => setStartedAt(newestAt ?? ticket.createdAt)} />
      )}
      {kind === 'reply' && defaults.data?.asked?.choice === null && (
        <Suspense>
          <AnswerAddressBar
            ticketId={ticket.id}
            asked={defaults.data.asked.address.email}
            from={defaults.data.asked.from}
            onChosen={() => draft.change({ to: null })}
          />
        </Suspense>
      )}
      {kind === 'reply' && defaults.data?.otherSubject && (
        <Suspense>
          <SubjectBar
            subject={defaults.data.subject}
            other={defaults.data.otherSubject}
            chosen={subject}
            onChoose={setSubject}
          />
        </Suspense>
      )}
      {kind === 'reply' && to && (
        <Suspense>
          <AddressBar
            emails={[...to, ...cc].map(({ email }) => email)}
            topics={[`ticket:${ticket.id}`]}
            anyway={anyway}
            onAnyway={setAnyway}
          />
        </Suspense>
      )}
      <div className={css.head}>
        <div className={css.kinds} role="group" aria-label={t('composer.kind')}>
          {!noReply && (
            <button type="button" aria-pressed={kind === 'reply'} onClick={() => begin('reply')}>
              {t('composer.reply')}
            </button>
          )}
          <button type="button" aria-pressed={kind === 'note'} onClick={() => begin('note')}>
            {t('composer.note')}
          </button>
        </div>
        <Audience
          kind={kind}
          to={to}
          cc={cc}
          from={from?.email}
          mailboxId={mailboxId}
          onMailbox={setMailboxId}
          onChange={(people) => draft.change({ to: people.to, cc: people.cc })}
        />
      </div>
      <Suspense fallback={<div className={css.waiting} />}>
        <Editor
          key={round}
          initial={content.html}
          label={kind === 'reply' ? t('composer.replyTo', { name: ticket.requester.name }) : t('composer.noteLabel')}
          placeholder={kind === 'reply' ? t('composer.replyHint') : t('composer.noteHint')}
          onReady={(handle) => {
            editor.current = handle
            onReady(handle && begin)
            if (!handle) return
            if (waitingText.current) handle.insert(waitingText.current)
            waitingText.current = null
          }}
          onChange={(html) => {
            if (!startedAt) setStartedAt(newestAt ?? ticket.createdAt)
            setRefused(null)
            draft.change({ html })
          }}
          onFiles={add}
          onSend={(shift) => void go(shift && kind === 'reply' ? 'solved' : undefined)}
          below={
            <PendingFiles
              attachments={content.attachments}
              uploads={uploads}
              onRemove={(id) => draft.change({ attachments: content.attachments.filter((file) => file.id !== id) })}
            />
          }
          tools={
            <>
              <IconButton icon={IconPaperclip} label={t('composer.attach')} onClick={() => picker.current?.click()} />
              <input
                ref={picker}
                type="file"
                multiple
                hidden
                aria-label={t('composer.attach')}
                onChange={(event) => {
                  add([...(event.currentTarget.files ?? [])])
                  event.currentTarget.value = ''
                }}
              />
            </>
          }
          aside={
            <>
              <DraftStateWords state={draft.state} refused={refused} />
              <SendButton kind={kind} reason={reason} busy={send.isPending} onSend={(status) => void go(status)} />
            </>
          }
        />
      </Suspense>
    </section>
  )
}

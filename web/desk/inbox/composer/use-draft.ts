import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { deleteDraft, putDraft } from '#contract/drafts.ts'
import type { Id } from '#contract/ids.ts'
import { call } from '../../api.ts'
import { queryClient } from '../../query-client.ts'
import { useMe } from '../../session.ts'
import { draftQuery } from '../queries.ts'
import { contentOf, type DraftContent, emptyDraft, isBlank } from './draft-content.ts'
import { localDraft } from './local-draft.ts'

export type SaveState = 'idle' | 'saving' | 'saved' | 'unsaved'

const pauseMs = 700

/**
 * The agent's draft on a ticket: read once, then saved a moment after each change; until the server has it, the browser keeps
 * it. `content` is null until it is known. Saves follow one another, so an older one never overwrites a newer one.
 */
export function useDraft(ticketId: Id<'tkt'>) {
  const agentId = useMe().agent?.id ?? ''
  const stored = useQuery(draftQuery(ticketId))
  const [content, setContent] = useState<DraftContent | null>(null)
  const [state, setState] = useState<SaveState>('idle')
  const [startedAt, setStartedAt] = useState<string | null>(null)
  const latest = useRef<DraftContent | null>(null)
  const started = useRef<string | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const saving = useRef<Promise<void>>(Promise.resolve())

  if (content === null) {
    const kept = localDraft.read(ticketId, agentId)
    const draft = stored.data?.draft
    if (kept) {
      const { startedAt, ...content } = kept
      setContent(content)
      setStartedAt(startedAt)
    } else if (stored.data) setContent(contentOf(draft ?? null))
    else if (stored.error) setContent(emptyDraft)
    if (!kept && draft && !isBlank(draft)) {
      setStartedAt(draft.updatedAt)
      setState('saved')
    }
  }
  useEffect(() => {
    latest.current = content
    started.current = startedAt
  }, [content, startedAt])

  const save = (): Promise<void> => {
    clearTimeout(timer.current)
    timer.current = undefined
    const next = latest.current
    if (!next) return saving.current
    saving.current = saveAfter(saving.current, next)
    return saving.current
  }
  const saveAfter = async (before: Promise<void>, next: DraftContent): Promise<void> => {
    await before
    try {
      await write(ticketId, agentId, next)
      setState(isBlank(next) ? 'idle' : latest.current === next ? 'saved' : 'saving')
    } catch {
      setState('unsaved')
    }
  }
  const change = (patch: Partial<DraftContent> | ((now: DraftContent) => Partial<DraftContent>)): void => {
    const before = latest.current ?? emptyDraft
    const changed = typeof patch === 'function' ? patch(before) : patch
    if (Object.keys(changed).length === 0) return
    const next = { ...before, ...changed }
    latest.current = next
    setContent(next)
    localDraft.keep(ticketId, agentId, { ...next, startedAt: started.current })
    setState('saving')
    clearTimeout(timer.current)
    timer.current = setTimeout(() => void save(), pauseMs)
  }
  /** Waits for what is under way and forgets the rest: the draft has become a message. */
  const finish = async (): Promise<void> => {
    clearTimeout(timer.current)
    timer.current = undefined
    await saving.current
  }
  /** After the message was taken: an empty composer of the same kind. */
  const clear = (kind: DraftContent['kind']): void => {
    const next = { ...emptyDraft, kind }
    latest.current = next
    setContent(next)
    setState('idle')
    setStartedAt(null)
    localDraft.drop(ticketId, agentId)
    queryClient.setQueryData(draftQuery(ticketId).queryKey, { draft: null })
  }

  const leave = useRef(save)
  useEffect(() => {
    leave.current = save
  })
  const known = content !== null
  useEffect(() => {
    // What an earlier page could not save any more.
    if (known && localDraft.read(ticketId, agentId)) void leave.current()
  }, [known, ticketId, agentId])
  useEffect(() => {
    const again = (): void => void leave.current()
    addEventListener('online', again)
    return () => {
      removeEventListener('online', again)
      if (timer.current) void leave.current()
    }
  }, [])
  return { now: () => latest.current, content, state, startedAt, setStartedAt, change, finish, clear }
}

async function write(ticketId: Id<'tkt'>, agentId: string, content: DraftContent): Promise<void> {
  const { queryKey } = draftQuery(ticketId)
  const { kind, html, to, cc, attachments } = content
  if (isBlank(content) && to === null && cc === null) {
    if (queryClient.getQueryData(queryKey)?.draft) await call(deleteDraft, { params: { id: ticketId } })
    queryClient.setQueryData(queryKey, { draft: null })
  } else {
    const body = { kind, html, to, cc, attachments: attachments.map(({ id }) => id) }
    const answer = await call(putDraft, { params: { id: ticketId }, body })
    // What the composer holds is what was typed; the server's cleaned copy is for the next time it opens.
    queryClient.setQueryData(queryKey, answer)
  }
  const kept = localDraft.read(ticketId, agentId)
  if (kept && JSON.stringify({ ...kept, startedAt: null }) === JSON.stringify({ ...content, startedAt: null }))
    localDraft.drop(ticketId, agentId)
}

import { getDraft, putDraft } from '#contract/drafts.ts'
import { type Message, undoSend } from '#contract/inbox.ts'
import { call } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import { queryClient } from '../../query-client.ts'
import { announce } from '../../ui/announce.tsx'
import { errorToast } from '../../ui/toast.tsx'
import { draftQuery, messagesQuery, ticketQuery } from '../queries.ts'
import { contentOf, withTakenBack } from './draft-content.ts'
import { draftReplaced } from './restored.ts'

/** Takes a reply back before it leaves: it is a draft again, with what was written since below it. True when it worked. */
export async function takeBack({ id, ticketId }: Pick<Message, 'id' | 'ticketId'>): Promise<boolean> {
  const params = { id: ticketId }
  const draftKey = draftQuery(ticketId).queryKey
  try {
    const since = await call(getDraft, { params })
    await call(undoSend, { params: { id } })
    const restored = await call(getDraft, { params })
    queryClient.setQueryData(draftKey, restored)
    if (since.draft && restored.draft) {
      const merged = withTakenBack(contentOf(restored.draft), contentOf(since.draft))
      const body = { ...merged, attachments: merged.attachments.map((file) => file.id) }
      queryClient.setQueryData(draftKey, await call(putDraft, { params, body }))
    }
    draftReplaced(ticketId)
    announce(t('composer.takenBack'))
    return true
  } catch (error) {
    errorToast(error)
    return false
  } finally {
    void queryClient.invalidateQueries({ queryKey: messagesQuery(ticketId).queryKey })
    void queryClient.invalidateQueries({ queryKey: ticketQuery(ticketId).queryKey })
  }
}

import type { FeedInput, testFeed as endpoint } from '#contract/feeds.ts'
import type { ResultOf } from '#contract/endpoint.ts'
import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { UpstreamError } from '#platform/errors.ts'
import { feedAccess } from './feed-secret.ts'
import { secretFor } from './save-feed.ts'

/** Tries a connection and looks at the folders, without keeping anything. A failure is an answer, not an error. */
export async function testFeed(desk: Desk, mailboxId: Id<'box'>, input: FeedInput): Promise<ResultOf<typeof endpoint>> {
  const secret = await secretFor(desk, mailboxId, input)
  const parts = {
    ...input,
    username: input.user,
    verifyCertificate: input.verifyCertificate ?? true,
    tokenUrl: input.auth.kind === 'oauth2' ? input.auth.tokenUrl : null,
    clientId: input.auth.kind === 'oauth2' ? input.auth.clientId : null,
  }
  try {
    const { access } = await feedAccess(desk, parts, secret)
    const session = await desk.ports.mailStore.connect(access)
    try {
      const folders = (await session.folders()).slice(0, 500)
      const wanted = [...(input.folders ?? ['INBOX']), ...(input.sentFolder ? [input.sentFolder] : [])]
      for (const path of wanted) await session.open(path)
      const isSent = (folder: { path: string; specialUse: string | null }) =>
        input.sentFolder ? folder.path === input.sentFolder : folder.specialUse === '\\Sent'
      return {
        works: true,
        problem: null,
        folders: folders.map((folder) => ({
          path: folder.path,
          messages: folder.messages,
          isSent: isSent(folder),
        })),
      }
    } finally {
      await session.close()
    }
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error
    return { works: false, problem: error.message, folders: [] }
  }
}

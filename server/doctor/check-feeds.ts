import { createMailStore } from '../channels/email/imap/mail-store.ts'
import { UpstreamError } from '#platform/errors.ts'
import { ok, problem, warning, type Finding } from './finding.ts'
import type { Feed } from './read-desk.ts'

const settings = 'Settings → Mailboxes'

/** Whether a mailbox that is read over IMAP can be: reachable, signed in, its folders there. Nothing is marked or fetched. */
export async function checkFeed(feed: Feed): Promise<Finding[]> {
  const about = `${feed.access.host}:${feed.access.port} for ${feed.address}`
  const check = 'imap'
  if (feed.paused) return [warning(check, about, 'Reading it is paused.', `Go on with it under ${settings}.`)]
  const running = feed.error
    ? [problem('imap.reading', about, `The desk cannot read it: ${feed.error}`, `See ${settings}.`)]
    : []
  // A refresh token may be good for one use only, and this must not use it up.
  if (feed.oauth) {
    const told = `It signs in by OAuth2, which only the desk does; last read ${feed.lastSuccess ?? 'never'}.`
    return running.length > 0 ? running : [ok(check, about, told)]
  }
  try {
    const session = await createMailStore({ silenceMs: 10_000 }).connect(feed.access)
    try {
      const paths = new Set((await session.folders()).map(({ path }) => path.toUpperCase()))
      const missing = feed.folders.filter((folder) => !paths.has(folder.toUpperCase()))
      if (missing.length > 0)
        return [
          ...running,
          problem(check, about, `It has no folder ${missing.join(', ')}.`, `Choose the folders under ${settings}.`),
        ]
    } finally {
      await session.close()
    }
    return [...running, ok(check, about, `It can be read (${feed.folders.join(', ')}).`)]
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error
    return [problem(check, about, error.message, `Check server, user name and password under ${settings}.`)]
  }
}

import { setTimeout as sleep } from 'node:timers/promises'
import type { FetchMessageObject, ImapFlow, MailboxObject } from 'imapflow'
import type { MailHead, MailStoreAccess, MailStoreSession } from '#modules/inbox/ports.ts'
import { UpstreamError } from '#platform/errors.ts'
import { upstreamOf } from './failure-words.ts'
import { sequenceOf } from './sequence.ts'

const headers = ['message-id', 'in-reply-to', 'references']

/** One signed-in connection. Folders are opened by EXAMINE and mail is fetched by BODY.PEEK: nothing is marked. */
export function createSession(client: ImapFlow, access: MailStoreAccess, silenceMs: number): MailStoreSession {
  let changed = false
  client.on('exists', ({ count, prevCount }) => (changed ||= count > prevCount))
  const ask = <T>(work: Promise<T>) => watched(client, access, silenceMs, work)
  return {
    async folders() {
      const all = await ask(client.list({ statusQuery: { messages: true } }))
      return all
        .filter(({ flags }) => !flags.has('\\Noselect') && !flags.has('\\NonExistent'))
        .map(({ path, specialUse, status }) => ({
          path,
          specialUse: specialUse ?? null,
          messages: status?.messages ?? null,
        }))
    },
    async open(path) {
      changed = false
      const opened = await ask(openReadOnly(client, access, path))
      const uidNext = opened.uidNext || (await ask(lastUid(client))) + 1
      return { uidValidity: Number(opened.uidValidity ?? 0), uidNext, messages: opened.exists }
    },
    async uids({ from, to }, since) {
      const range = `${from}:${to ?? '*'}`
      // The server compares days of its own time zone.
      const day = since && { since: new Date(since.subtract({ hours: 24 }).epochMilliseconds) }
      const found = await ask(client.search({ uid: range, ...day }, { uid: true }))
      if (!found) throw new UpstreamError(`${access.host} did not list the mails of a folder.`, { retryable: true })
      // `n:*` names the last mail also where it lies before n.
      return found.filter((uid) => uid >= from && (to === null || uid <= to)).toSorted((a, b) => a - b)
    },
    async heads(uids) {
      if (uids.length === 0) return []
      const wanted = new Set(uids)
      const query = { uid: true, size: true, internalDate: true, headers }
      const found = await ask(client.fetchAll(sequenceOf(uids), query, { uid: true }))
      const heads = found.filter(({ uid }) => wanted.delete(uid)).map(headOf)
      return heads.toSorted((a, b) => a.uid - b.uid)
    },
    async *mails(uids) {
      if (uids.length === 0) return
      const wanted = new Set(uids)
      const stream = client.fetch(sequenceOf(uids), { uid: true, source: true }, { uid: true })
      for (;;) {
        const { value, done } = await ask(stream.next())
        if (done || !value) return
        if (value.source && wanted.delete(value.uid)) yield { uid: value.uid, raw: value.source }
      }
    },
    async wait(ms, signal) {
      if (changed || signal.aborted) return
      // Ends by itself when the next command is given. Without IDLE the library polls on its own, and the caller does too.
      client.idle().catch(() => {})
      const over = new AbortController()
      const heard = Promise.withResolvers<void>()
      const done = () => heard.resolve()
      client.once('exists', done)
      client.once('close', done)
      const both = AbortSignal.any([signal, over.signal])
      await Promise.race([heard.promise, sleep(ms, undefined, { signal: both }).catch(() => {})])
      over.abort()
      client.off('exists', done)
      client.off('close', done)
    },
    async close() {
      // A server that does not answer the farewell is left without it.
      const farewell = client.usable ? client.logout().catch(() => {}) : undefined
      if (farewell) await Promise.race([farewell, sleep(2000)])
      client.close()
    },
  }
}

async function openReadOnly(client: ImapFlow, { host }: MailStoreAccess, path: string): Promise<MailboxObject> {
  try {
    return await client.mailboxOpen(path, { readOnly: true })
  } catch (error) {
    const { responseStatus, responseText } = error as { responseStatus?: string; responseText?: string }
    if (responseStatus !== 'NO') throw error
    const said = (responseText ?? 'it is not there').replace(/\s+/g, ' ').slice(0, 200)
    throw new UpstreamError(`${host} does not open the folder ${path}: ${said}`, { retryable: true, cause: error })
  }
}

/** Ends the connection when nothing at all has come for `silenceMs` while an answer is waited for. */
async function watched<T>(client: ImapFlow, access: MailStoreAccess, silenceMs: number, work: Promise<T>): Promise<T> {
  let received = client.stats().received
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      const now = client.stats().received
      if (now !== received) {
        received = now
        return
      }
      reject(
        new UpstreamError(`${access.host} has said nothing for ${Math.round(silenceMs / 1000)} seconds.`, {
          retryable: true,
        }),
      )
      client.close()
    }, silenceMs)
  })
  try {
    return await Promise.race([work, silence])
  } catch (error) {
    client.close()
    throw upstreamOf(error, access)
  } finally {
    clearInterval(timer)
  }
}

async function lastUid(client: ImapFlow): Promise<number> {
  const found = await client.search({ uid: '*' }, { uid: true })
  return found ? (found.at(-1) ?? 0) : 0
}

function headOf(found: FetchMessageObject): MailHead {
  const text = (found.headers?.toString('latin1') ?? '').replace(/\r?\n[ \t]+/g, ' ')
  const field = (name: string) => new RegExp(`^${name}:\\s*(.*?)\\s*$`, 'im').exec(text)?.[1]
  const arrived = found.internalDate && new Date(found.internalDate)
  return {
    uid: found.uid,
    size: found.size ?? 0,
    arrivedAt:
      arrived && !Number.isNaN(arrived.getTime()) ? Temporal.Instant.fromEpochMilliseconds(arrived.getTime()) : null,
    messageId: /<?([^\s<>]{1,900})>?/.exec(field('message-id') ?? '')?.[1] ?? null,
    answers: Boolean(field('in-reply-to') ?? field('references')),
  }
}

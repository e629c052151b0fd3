import { ImapFlow } from 'imapflow'
import type { MailStore, MailStoreAccess } from '#modules/inbox/ports.ts'
import { upstreamOf } from './failure-words.ts'
import { fetchAccessToken } from './access-token.ts'
import { createSession } from './session.ts'

export type MailStoreOptions = {
  /** How long a server may be silent in the middle of a command. */
  silenceMs?: number
}

/** The longest mail that is taken, and some room for what an answer says around it. */
const maxLiteralBytes = 52 * 1024 * 1024

/** Mailboxes over IMAP, one connection each. */
export function createMailStore({ silenceMs = 30_000 }: MailStoreOptions = {}): MailStore {
  return {
    async connect(access) {
      const client = createClient(access, silenceMs)
      // What breaks between two commands is told by the next one.
      client.on('error', () => {})
      try {
        await client.connect()
      } catch (error) {
        client.close()
        throw upstreamOf(error, access)
      }
      return createSession(client, access, silenceMs)
    },
    accessToken: (grant) => fetchAccessToken(grant, silenceMs),
  }
}

function createClient(access: MailStoreAccess, silenceMs: number): ImapFlow {
  const { host, port, security, user, secret } = access
  return new ImapFlow({
    host,
    port,
    secure: security === 'tls',
    doSTARTTLS: security === 'starttls' ? true : undefined,
    // Where the clear would do, a certificate of its own is no worse.
    tls: { rejectUnauthorized: access.verifyCertificate && security !== 'offered' },
    auth: { user, ...(secret.kind === 'password' ? { pass: secret.password } : { accessToken: secret.accessToken }) },
    clientInfo: { name: 'Mainstay' },
    logger: false,
    // The session decides when to idle.
    disableAutoIdle: true,
    // Mail is small or packed already, and an inflater per mailbox is memory.
    disableCompression: true,
    connectionTimeout: silenceMs,
    greetingTimeout: silenceMs,
    // Above the session's own watch, so that one of them ends a dead connection and its words are told.
    socketTimeout: silenceMs * 10,
    maxLiteralSize: maxLiteralBytes,
    maxResponseSize: maxLiteralBytes * 2,
  })
}

import type { SenderInput } from '#contract/sending.ts'
import type { Desk } from '#server/desk.ts'
import { DeskError } from '#platform/errors.ts'
import type { StoredSender } from '../store/senders.ts'

/** What a mailbox would send by with this input. A password is kept only with the server and user it was given for. */
export function senderOfInput(desk: Desk, before: StoredSender, input: SenderInput): StoredSender {
  const { password, ...server } = input.server ?? { password: undefined }
  const next: StoredSender = {
    displayName: input.displayName,
    bounceDomain: input.bounceDomain,
    server: input.server ? (server as StoredSender['server']) : null,
    password: password === undefined ? keptPassword(before, input) : desk.secrets.encrypt(password),
  }
  if (next.password && !input.server?.username)
    throw new DeskError('invalid_request', 'body.server.username: a password needs a user name.')
  return next
}

/** Typing another host must not hand the old password to it. */
function keptPassword(before: StoredSender, { server }: SenderInput): string | null {
  const isSame =
    server && before.server && server.host === before.server.host && server.username === before.server.username
  return isSame ? before.password : null
}

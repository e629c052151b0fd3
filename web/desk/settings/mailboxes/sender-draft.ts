import type { Sender, SenderInput } from '#contract/sending.ts'

/** What the form holds: texts as they are typed, the password only where it is new. */
export type SenderDraft = {
  name: string
  bounceDomain: string
  /** Whether mail leaves by a server of the mailbox's own. */
  own: boolean
  host: string
  port: number
  secure: boolean
  tls: NonNullable<SenderInput['server']>['tls']
  username: string
  password: string
}

export function draftOf({ displayName, bounceDomain, server }: Sender): SenderDraft {
  return {
    name: displayName ?? '',
    bounceDomain: bounceDomain ?? '',
    own: server !== null,
    host: server?.host ?? '',
    port: server?.port ?? 587,
    secure: server?.secure ?? false,
    tls: server?.tls ?? 'required',
    username: server?.username ?? '',
    password: '',
  }
}

/** The body to send; a password left empty is left out, which keeps the stored one. */
export function inputOf({ name, bounceDomain, own, password, ...where }: SenderDraft): SenderInput {
  const server = { ...where, host: where.host.trim(), username: where.username.trim() || null }
  return {
    displayName: name.trim() || null,
    bounceDomain: bounceDomain.trim() || null,
    server: own ? { ...server, ...(password && { password }) } : null,
  }
}

/** Whether mail would leave by another way than the one that is kept, which nobody has tried yet. */
export function isNewWay(draft: SenderDraft, current: Sender): boolean {
  return JSON.stringify(inputOf(draft).server) !== JSON.stringify(inputOf(draftOf(current)).server)
}

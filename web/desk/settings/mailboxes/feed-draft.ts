import type { Feed, FeedInput } from '#contract/feeds.ts'

/** What the form holds: texts as they are typed, secrets only where they are new. */
export type FeedDraft = {
  host: string
  port: number
  security: FeedInput['security']
  verifyCertificate: boolean
  user: string
  kind: 'password' | 'oauth2'
  password: string
  tokenUrl: string
  clientId: string
  clientSecret: string
  refreshToken: string
  folders: string[]
  readSent: boolean
  sentFolder: string
  /** A day as `2026-11-02`; empty for new mail only. */
  since: string
}

export function draftOf(feed: Feed | null, address: string): FeedDraft {
  const auth = feed?.auth
  return {
    host: feed?.host ?? '',
    port: feed?.port ?? 993,
    security: feed?.security ?? 'tls',
    verifyCertificate: feed?.verifyCertificate ?? true,
    user: feed?.user ?? address,
    kind: auth?.kind ?? 'password',
    password: '',
    tokenUrl: auth?.kind === 'oauth2' ? auth.tokenUrl : '',
    clientId: auth?.kind === 'oauth2' ? auth.clientId : '',
    clientSecret: '',
    refreshToken: '',
    folders: feed?.folders ?? ['INBOX'],
    readSent: feed?.readSent ?? true,
    sentFolder: feed?.sentFolder ?? '',
    since: feed?.backfillSince?.slice(0, 10) ?? '',
  }
}

/** The body to send; secrets left empty are left out, which keeps the stored ones. */
export function inputOf(draft: FeedDraft): FeedInput {
  const { password, clientSecret, refreshToken } = draft
  return {
    host: draft.host.trim(),
    port: draft.port,
    security: draft.security,
    verifyCertificate: draft.verifyCertificate,
    user: draft.user.trim(),
    auth:
      draft.kind === 'password'
        ? { kind: 'password', ...(password && { password }) }
        : {
            kind: 'oauth2',
            tokenUrl: draft.tokenUrl.trim(),
            clientId: draft.clientId.trim(),
            ...(clientSecret && { clientSecret }),
            ...(refreshToken && { refreshToken }),
          },
    folders: draft.folders,
    readSent: draft.readSent,
    sentFolder: draft.sentFolder.trim() || null,
    backfillSince: draft.since ? `${draft.since}T00:00:00Z` : null,
  }
}

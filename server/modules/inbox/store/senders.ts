import type { Id } from '#contract/ids.ts'
import type { TlsPolicy } from '#contract/sending.ts'
import type { Desk } from '#server/desk.ts'
import { uuidOf } from '#platform/ids.ts'
import type { SmtpServer } from '../ports.ts'

export type StoredSender = {
  displayName: string | null
  server: { host: string; port: number; secure: boolean; tls: TlsPolicy; username: string | null } | null
  /** Encrypted. */
  password: string | null
  bounceDomain: string | null
}

const plain = { displayName: null, server: null, password: null, bounceDomain: null, plusWorks: false }

type Row = {
  display_name: string | null
  host: string | null
  port: number | null
  secure: boolean
  tls: TlsPolicy
  username: string | null
  password: string | null
  bounce_domain: string | null
  plus_works: boolean
}

/** How a mailbox sends; as the desk does where nothing else was said. */
export async function readSender(
  desk: Desk,
  mailboxId: Id<'box'>,
): Promise<
  StoredSender & {
    /** Mail to the mailbox's address with a plus part comes back to it, as was shown. */
    plusWorks: boolean
  }
> {
  const { rows } = await desk.connection.query<Row>({
    name: 'read-sender',
    text: `select display_name, host, port, coalesce(secure, false) as secure, coalesce(tls, 'opportunistic') as tls, username,
        password, bounce_domain, b.plus_state = 'works' as plus_works
      from sources b left join senders s on s.mailbox_id = b.id where b.id = $1`,
    values: [uuidOf(mailboxId)],
  })
  const row = rows[0]
  if (!row) return plain
  const { host, port, secure, tls, username } = row
  return {
    displayName: row.display_name,
    server: host === null || port === null ? null : { host, port, secure, tls, username },
    password: row.password,
    bounceDomain: row.bounce_domain,
    plusWorks: row.plus_works,
  }
}

export async function writeSender(desk: Desk, mailboxId: Id<'box'>, sender: StoredSender): Promise<void> {
  const { server } = sender
  await desk.connection.query(
    `insert into senders (mailbox_id, display_name, host, port, secure, tls, username, password, bounce_domain, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (mailbox_id) do update set display_name = excluded.display_name, host = excluded.host, port = excluded.port,
       secure = excluded.secure, tls = excluded.tls, username = excluded.username, password = excluded.password,
       bounce_domain = excluded.bounce_domain, updated_at = excluded.updated_at`,
    [
      uuidOf(mailboxId),
      sender.displayName,
      server?.host ?? null,
      server?.port ?? null,
      server?.secure ?? false,
      server?.tls ?? 'opportunistic',
      server?.username ?? null,
      sender.password,
      sender.bounceDomain,
      desk.now().toString(),
    ],
  )
}

/** The server a mailbox hands its mail to, ready to be spoken to; null for the desk's own. */
export function smtpServerOf(desk: Desk, { server, password }: StoredSender): SmtpServer | null {
  if (!server) return null
  const { username, ...where } = server
  return {
    ...where,
    ...(username ? { auth: { user: username, pass: password ? desk.secrets.decrypt(password) : '' } } : {}),
  }
}

/** What stands in From beside the address when somebody writes from a mailbox. */
export async function fromNameOf(desk: Desk, mailbox: { id: Id<'box'>; name: string }): Promise<string> {
  const { displayName } = await readSender(desk, mailbox.id)
  const isPerson = desk.actor.kind === 'agent' || desk.actor.kind === 'api'
  return displayName?.replaceAll('{agent}', isPerson ? desk.actor.name : mailbox.name) ?? mailbox.name
}

import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Client } from 'pg'
import { createPool } from '#platform/db.ts'
import { startEmbeddedPostgres } from '#platform/embedded-postgres/index.ts'
import { createLog } from '#platform/log.ts'
import { createSecrets } from '#platform/secrets.ts'
import type { SmtpTarget, TlsPolicy } from '../channels/email/smtp/target.ts'
import type { MailStoreAccess } from '#modules/inbox/ports.ts'
import type { Config } from '../config.ts'
import { loadSecretKey } from '../secret-key.ts'

export type DkimKey = { domain: string; selector: string; algorithm: 'rsa' | 'ed25519'; publicKey: string }
export type Feed = {
  address: string
  access: MailStoreAccess
  oauth: boolean
  folders: string[]
  paused: boolean
  error: string | null
  lastSuccess: string | null
}
export type DeskMail = {
  mailboxes: { address: string; enabled: boolean }[]
  /** Servers that mailboxes send by, other than the desk's. */
  senders: { address: string; server: SmtpTarget }[]
  keys: DkimKey[]
  /** Mailboxes that are read over IMAP. */
  feeds: Feed[]
  /** This machine's clock less the database's, in milliseconds. */
  clockAheadMs: number
}

/** Why nothing can be looked at, in a sentence for who asked. */
export class NoDesk extends Error {}

/** What the desk's database says of its mail, read and never written, whether or not the desk runs. */
export async function readDesk(config: Config): Promise<DeskMail> {
  const database = await openDatabase(config)
  const pool = createPool({ url: database.url, max: 1, log: createLog('silent'), name: 'doctor' })
  const client = (await pool.connect()) as unknown as Client & { release(): void }
  try {
    await client.query('set default_transaction_read_only = on')
    return await read(client, config)
  } finally {
    client.release()
    await pool.end()
    await database.close()
  }
}

async function openDatabase(config: Config): Promise<{ url: string; close(): Promise<void> }> {
  const nothing = { close: async () => {} }
  if (config.databaseUrl) return { url: config.databaseUrl, ...nothing }
  const made = await stat(join(config.dataDir, 'database.json')).catch(() => undefined)
  if (!made) throw new NoDesk(`There is no desk in ${config.dataDir} yet; DATA_DIR or DATABASE_URL says where it is.`)
  const quiet = { info() {}, warn() {} }
  const server = await startEmbeddedPostgres({ dataDir: config.dataDir, log: quiet })
  return { url: server.url, close: () => server.stop() }
}

type SenderRow = {
  address: string
  host: string
  port: number
  secure: boolean
  tls: TlsPolicy
  username: string | null
  password: string | null
}

type FeedRow = {
  address: string
  host: string
  port: number
  security: MailStoreAccess['security']
  verify_certificate: boolean
  username: string
  auth: 'password' | 'oauth2'
  secret: string
  folders: string[]
  paused: boolean
  error: string | null
  last_success: string | null
}

function feedOf(row: FeedRow, secret: string): Feed {
  const { password = '' } = JSON.parse(secret) as { password?: string }
  const { address, host, port, security, folders, paused, error } = row
  return {
    address,
    access: {
      host,
      port,
      security,
      verifyCertificate: row.verify_certificate,
      user: row.username,
      secret: { kind: 'password', password },
    },
    oauth: row.auth === 'oauth2',
    folders,
    paused,
    error,
    lastSuccess: row.last_success,
  }
}

async function read(client: Client, config: Config): Promise<DeskMail> {
  const { rows: known } = await client.query<{ name: string | null }>(`select to_regclass('sources')::text as name`)
  if (!known[0]?.name) throw new NoDesk('The database is empty; start the desk once, and it makes its tables.')
  const { rows: mailboxes } = await client.query<DeskMail['mailboxes'][number]>(
    'select address, enabled from sources order by created_at, id',
  )
  const { rows: keys } = await client.query<DkimKey>(
    `select domain, selector, algorithm, public_key as "publicKey" from dkim_keys where enabled and retired_at is null`,
  )
  const { rows: senders } = await client.query<SenderRow>(
    `select s.address, n.host, n.port, n.secure, n.tls, n.username, n.password from senders n
     join sources s on s.id = n.mailbox_id where n.host is not null and n.port is not null`,
  )
  const { rows: feeds } = await client.query<FeedRow>(
    `select s.address, f.host, f.port, f.security, f.verify_certificate, f.username, f.auth, f.secret, f.folders, f.paused, f.error,
       f.last_success_at::text as last_success from feeds f join sources s on s.id = f.source_id where s.enabled`,
  )
  const before = Date.now()
  const { rows: clock } = await client.query<{ ms: string }>(
    `select (extract(epoch from clock_timestamp()) * 1000)::text as ms`,
  )
  const here = (before + Date.now()) / 2
  // The key exists wherever a secret was ever stored; it is not made here.
  const sealed = feeds.length > 0 || senders.some(({ password }) => password)
  const secrets = sealed ? createSecrets(await loadSecretKey(config)) : undefined
  return {
    mailboxes,
    keys,
    feeds: feeds.map((row) => feedOf(row, secrets?.decrypt(row.secret) ?? '{}')),
    senders: senders.map(({ address, username, password, ...where }) => ({
      address,
      server: {
        ...where,
        ...(username ? { auth: { user: username, pass: password && secrets ? secrets.decrypt(password) : '' } } : {}),
      },
    })),
    clockAheadMs: here - Number(clock[0]?.ms),
  }
}

import { execFile, spawn, spawnSync } from 'node:child_process'
import { chmod, chown, mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { ImapFlow } from 'imapflow'
import { generate } from 'selfsigned'

const program = [
  '/usr/sbin/dovecot',
  '/usr/local/sbin/dovecot',
  '/opt/homebrew/sbin/dovecot',
  '/opt/homebrew/bin/dovecot',
].find((path) => spawnSync(path, ['--version']).status === 0)

/** Whether a real IMAP server can be started here. */
export const hasDovecot = program !== undefined

/** The one line that says why tests of a real server do not run. */
export const withoutDovecot = 'Dovecot is not installed (dovecot-imapd), so nothing is tried against a real IMAP server'

export type Dovecot = {
  host: string
  port: number
  /** TLS from the first byte; the certificate is its own and nobody vouches for it. */
  tlsPort: number
  user: string
  password: string
  /** Puts a mail into a folder, as a mail server does. */
  append(folder: string, raw: string | Buffer, arrivedAt?: Date): Promise<void>
  /** Lays many mails into a folder at once, as files; they arrived at `arrivedAt`. */
  fill(folder: string, mails: Iterable<Buffer>, arrivedAt: Date): Promise<void>
  /** A connection of a person's mail program. */
  client(): Promise<ImapFlow>
  stop(): Promise<void>
  start(): Promise<void>
  remove(): Promise<void>
}

const user = 'support@desk.test'
const password = 'the password of a test'
const isRoot = process.getuid?.() === 0
/** Dovecot refuses to give mail to root; any other user serves only themselves. */
const mailUser = isRoot
  ? idsOf('nobody')
  : { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0, name: nameOfMe() }

/**
 * Dovecot on free ports of this machine, with one user and everything below a folder of its own. With `introspectionUrl` it
 * speaks TLS, and takes access tokens too, which that address vouches for.
 */
export async function startDovecot(introspectionUrl?: string): Promise<Dovecot> {
  const base = await mkdtemp(join(tmpdir(), 'mainstay-dovecot-'))
  await chmod(base, 0o755)
  const mail = join(base, 'mail')
  await mkdir(mail)
  if (isRoot) await chown(mail, mailUser.uid, mailUser.gid)
  const [port, tlsPort] = [await freePort(), await freePort()]
  const config = join(base, 'dovecot.conf')
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'mail.desk.test' }], { keySize: 2048 })
  await writeFile(join(base, 'cert.pem'), cert)
  await writeFile(join(base, 'key.pem'), key, { mode: 0o600 })
  await writeFile(config, configOf(base, mail, { port, tlsPort, secure: introspectionUrl !== undefined }))
  await writeFile(
    join(base, 'tokens'),
    `introspection_mode = post\nintrospection_url = ${introspectionUrl ?? ''}\nusername_attribute = email\nactive_attribute = active\nactive_value = true\n`,
  )
  await writeFile(join(base, 'users'), `${user}:{PLAIN}${password}:${mailUser.uid}:${mailUser.gid}::${mail}::\n`)
  const client = async () => {
    const made = new ImapFlow({
      host: '127.0.0.1',
      port,
      secure: false,
      tls: { rejectUnauthorized: false },
      auth: { user, pass: password },
      logger: false,
    })
    made.on('error', () => {})
    await made.connect()
    return made
  }
  let running: ReturnType<typeof spawn> | undefined
  const start = async () => {
    running = spawn(program ?? 'dovecot', ['-F', '-c', config], { stdio: 'ignore' })
    for (let tries = 0; ; tries++) {
      try {
        const seen = await client()
        await seen.logout()
        return
      } catch (error) {
        if (tries > 100) throw error
        await sleep(50)
      }
    }
  }
  const stop = async () => {
    const ending = running
    running = undefined
    if (!ending || ending.exitCode !== null) return
    const ended = new Promise((resolve) => ending.once('exit', resolve))
    ending.kill('SIGTERM')
    await ended
  }
  await start()
  let kept: ImapFlow | undefined
  return {
    host: '127.0.0.1',
    port,
    tlsPort,
    user,
    password,
    async append(folder, raw, arrivedAt) {
      if (!kept?.usable) kept = await client()
      const done = await kept.append(folder, Buffer.from(raw), [], arrivedAt)
      if (!done) throw new Error(`nothing was put into ${folder}`)
    },
    async fill(folder, mails, arrivedAt) {
      // Its first visitor makes the folder.
      const visitor = await client()
      await visitor.mailboxOpen(folder)
      await visitor.logout()
      const path = join(folder === 'INBOX' ? join(mail, 'Maildir') : join(mail, 'Maildir', `.${folder}`), 'cur')
      let n = 0
      for (const raw of mails) {
        const file = join(path, `${1_700_000_000 + n}.M${n}P1.bench,S=${raw.length}:2,`)
        await writeFile(file, raw)
        await utimes(file, arrivedAt, arrivedAt)
        if (isRoot) await chown(file, mailUser.uid, mailUser.gid)
        n += 1
      }
    },
    client,
    start,
    stop,
    async remove() {
      kept?.close()
      await stop()
      await promisify(execFile)('rm', ['-rf', base]).catch(() => rm(base, { recursive: true, force: true }))
    },
  }
}

type Listening = { port: number; tlsPort: number; secure: boolean }

function configOf(base: string, mail: string, { port, tlsPort, secure }: Listening): string {
  const me = isRoot
    ? ''
    : `default_internal_user = ${mailUser.name}\ndefault_login_user = ${mailUser.name}\ndefault_internal_group = ${groupOfMe()}\n`
  const login = isRoot ? '' : '  chroot =\n'
  return `protocols = imap
listen = 127.0.0.1
base_dir = ${base}/run
state_dir = ${base}/run
log_path = ${base}/log
ssl = ${secure ? 'yes' : 'no'}
ssl_cert = <${base}/cert.pem
ssl_key = <${base}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login${secure ? ' xoauth2 oauthbearer' : ''}
mail_location = maildir:${mail}/Maildir
mail_fsync = never
first_valid_uid = 1
first_valid_gid = 1
${me}${
    secure ? `passdb {\n  driver = oauth2\n  mechanisms = xoauth2 oauthbearer\n  args = ${base}/tokens\n}\n` : ''
  }passdb {
  driver = passwd-file
  args = ${base}/users
}
userdb {
  driver = passwd-file
  args = ${base}/users
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox Sent {
    special_use = \\Sent
    auto = create
  }
  mailbox Archive {
    auto = create
  }
}
service imap-login {
${login}  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = ${secure ? tlsPort : 0}
    ssl = ${secure ? 'yes' : 'no'}
  }
}
service anvil {
${login}}
service stats {
${login}}
`
}

function idsOf(name: string): { uid: number; gid: number; name: string } {
  const number = (flag: string) => Number(spawnSync('id', [flag, name]).stdout.toString())
  return { uid: number('-u') || 65_534, gid: number('-g') || 65_534, name }
}

function nameOfMe(): string {
  return spawnSync('id', ['-un']).stdout.toString().trim()
}

function groupOfMe(): string {
  return spawnSync('id', ['-gn']).stdout.toString().trim()
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

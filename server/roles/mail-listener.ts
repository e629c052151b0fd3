import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { generate } from 'selfsigned'
import type { Config } from '../config.ts'
import { createDesk, systemActor, type World } from '../desk.ts'
import { startSmtpListener } from '../channels/email/smtp-listener.ts'
import { amongMailboxes, ownMailboxes, receiveMail, wakeAfterReceipts } from '#modules/inbox/index.ts'
import type { Lifecycle } from '#platform/lifecycle.ts'

const maxBytes = 50 * 1024 * 1024

/** Receives mail for every mailbox of the desk. */
export async function startMailListener(world: World, config: Config, lifecycle: Lifecycle): Promise<void> {
  const tls = await loadCertificate(config)
  const wake = wakeSeldom(world)
  // What a crash left undone.
  wake()
  await lifecycle.start(
    'the mail listener',
    () =>
      startSmtpListener({
        host: config.host,
        port: config.smtpInPort,
        tls,
        maxBytes,
        log: world.log,
        accepts: rememberAccepted(async (address) => {
          const own = await ownMailboxes(createDesk(world, systemActor))
          return amongMailboxes(own, [address]).length > 0
        }),
        receive: async ({ raw, envelope }) => {
          const desk = createDesk(world, systemActor)
          const own = await ownMailboxes(desk)
          const mailboxes = amongMailboxes(own, envelope.to)
          if (mailboxes.length === 0) throw new Error('the mailbox was switched off while its mail was coming in')
          await receiveMail(desk, { raw, mailboxes, own, envelope, wakesLater: true })
          wake()
        },
      }),
    (listener) => listener.stop(),
  )
}

const rememberedMs = 1000

/** An address that was just accepted is not asked for again with every mail of a burst; a refusal is never remembered. */
function rememberAccepted(accepts: (address: string) => Promise<boolean>): (address: string) => Promise<boolean> {
  let known = new Map<string, number>()
  return async (address) => {
    const now = performance.now()
    if (now - (known.get(address) ?? -Infinity) < rememberedMs) return true
    if (!(await accepts(address))) return false
    if (known.size > 1000) known = new Map()
    known.set(address, now)
    return true
  }
}

const wakeEveryMs = 400

/**
 * Wakes the work after receipt soon after a mail, and seldom in a burst: a job added with every mail would make their
 * commits wait for each other. What a crash leaves undone is found by the clock.
 */
function wakeSeldom(world: World): () => void {
  let timer: NodeJS.Timeout | undefined
  return () => {
    timer ??= setTimeout(() => {
      timer = undefined
      wakeAfterReceipts(createDesk(world, systemActor)).catch((error: Error) =>
        world.log.warn({ error: error.message }, 'the work after receipt could not be woken'),
      )
    }, wakeEveryMs)
  }
}

/** A certificate of its own, made once: STARTTLS keeps readers out, and senders do not check who we are. */
async function loadCertificate(config: Config): Promise<{ key: string; cert: string }> {
  const file = join(config.dataDir, 'smtp-certificate.json')
  const known = await readFile(file, 'utf8').catch(() => undefined)
  if (known) return JSON.parse(known) as { key: string; cert: string }
  const domain = config.supportAddress.split('@').at(-1) ?? 'localhost'
  const made = await generate([{ name: 'commonName', value: domain }], {
    notAfterDate: new Date(Temporal.Now.instant().epochMilliseconds + 20 * 365 * 86_400_000),
    keySize: 2048,
  })
  const certificate = { key: made.private, cert: made.cert }
  await writeFile(file, JSON.stringify(certificate), { mode: 0o600 })
  return certificate
}

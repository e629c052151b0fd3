import { setTimeout as sleep } from 'node:timers/promises'
import type { MailboxHealth } from '#contract/feeds.ts'
import { hasDovecot, startDovecot } from '#test/imap/dovecot.ts'
import { startScriptedServer } from '#test/imap/scripted-server.ts'
import { startRunningDesk, until, type RunningDesk } from '#test/running-desk.ts'
import { benchMail } from './mails.ts'
import { pssMb, watchProcesses } from './process-figures.ts'
import { count, percentiles, round, say, type Bench } from './result.ts'

const to = 'support@localhost'

/**
 * Reads the past of a mailbox over IMAP, from the moment it is connected to the last mail recorded. `--mails` lie in it
 * (20000). The server is Dovecot where it is installed, else a scripted one in this process.
 */
export const imap: Bench = async (options) => {
  const n = count(options, 'mails', 20_000)
  const run = 'imap'
  const server = await startServer(n, (index) => benchMail(run, index, to).raw)
  say('Starting a desk of its own, with fsync on.')
  const desk = await startRunningDesk({ MAINSTAY_CHECK_RESULTS: '0' })
  try {
    const { body } = await desk.api<{ items: { id: string }[] }>('GET', '/mailboxes')
    const mailboxId = body.items[0]?.id ?? ''
    const figures = watchProcesses(desk.pid(), desk.dataDir)
    say(`Reading ${n} mails from ${server.name}.`)
    const started = performance.now()
    await desk.api('PUT', `/mailboxes/${mailboxId}/feed`, {
      host: server.host,
      port: server.port,
      user: server.user,
      security: 'offered',
      auth: { kind: 'password', password: server.password },
      backfillSince: '2026-01-01T00:00:00Z',
    })
    const { quarters, perMail } = await follow(desk, n)
    const seconds = (performance.now() - started) / 1000
    say('Checking what is recorded.')
    await check(desk, mailboxId, n)
    const peakMb = figures.peakMb()
    figures.stop()
    return {
      name: 'imap',
      sizes: { mails: n },
      ops: n,
      seconds: round(seconds),
      perSecond: round(n / seconds),
      ms: percentiles(perMail),
      peakMb,
      quality: {
        server: server.name,
        deskMbIn1stQuarter: quarters[0] ?? 0,
        deskMbIn2ndQuarter: quarters[1] ?? 0,
        deskMbIn3rdQuarter: quarters[2] ?? 0,
        deskMbIn4thQuarter: quarters[3] ?? 0,
      },
      checked: [
        `custody counts exactly ${n} mails as tickets or answers, none twice and none parked`,
        'number by number, the server has no mail that is not recorded',
        'ms are per mail, over stretches of a quarter of a second',
      ],
    }
  } finally {
    await desk.remove()
    await server.stop()
  }
}

type MailServer = { name: string; host: string; port: number; user: string; password: string; stop(): Promise<void> }

async function startServer(n: number, rawOf: (index: number) => Buffer): Promise<MailServer> {
  if (hasDovecot) {
    const dovecot = await startDovecot()
    say(`Laying ${n} mails into a mailbox of Dovecot.`)
    await dovecot.fill(
      'INBOX',
      (function* () {
        for (let index = 0; index < n; index++) yield rawOf(index)
      })(),
      new Date('2026-10-01T12:00:00Z'),
    )
    return { ...dovecot, name: 'Dovecot', stop: () => dovecot.remove() }
  }
  const scripted = await startScriptedServer({
    INBOX: {
      uidValidity: 1,
      uidNext: n + 1,
      uids: Array.from({ length: n }, (_, index) => index + 1),
      mail: (uid) => ({ uid, raw: rawOf(uid - 1).toString('latin1') }),
    },
    Sent: { uidValidity: 1, uidNext: 1, uids: [], mail: (uid) => ({ uid, raw: '' }) },
  })
  return Object.assign(scripted, { name: 'a scripted server (Dovecot is not installed)' })
}

/** Watches until all are recorded: the most memory the desk held in each quarter, and milliseconds per mail. */
async function follow(desk: RunningDesk, n: number): Promise<{ quarters: number[]; perMail: number[] }> {
  const quarters: number[] = []
  const perMail: number[] = []
  let [before, at] = [0, performance.now()]
  for (let told = 0; before < n;) {
    await sleep(250)
    const recorded = (await health(desk))?.recorded ?? 0
    const now = performance.now()
    if (recorded > before) {
      perMail.push((now - at) / (recorded - before))
      ;[before, at] = [recorded, now]
    } else if (now - at > 60_000) throw new Error(`Nothing was read for a minute, after ${recorded} mails`)
    const quarter = Math.min(3, Math.floor((Math.max(0, recorded - 1) / n) * 4))
    quarters[quarter] = Math.max(quarters[quarter] ?? 0, Math.round(pssMb(desk.pid())))
    if (quarter > told) {
      say(`${recorded} of ${n}; the desk holds ${quarters[quarter]} MB`)
      told = quarter
    }
  }
  return { quarters, perMail }
}

async function health(desk: RunningDesk): Promise<MailboxHealth | undefined> {
  return (await desk.api<{ mailboxes: MailboxHealth[] }>('GET', '/custody/health')).body.mailboxes[0]
}

async function check(desk: RunningDesk, mailboxId: string, n: number): Promise<void> {
  const { counts } = (await desk.api<{ counts: Record<string, number> }>('GET', '/custody')).body
  const { ticketed = 0, appended = 0, ...others } = counts
  if (ticketed + appended !== n || Object.values(others).some((some) => some !== 0))
    throw new Error(`Custody says ${JSON.stringify(counts)}`)
  await desk.api('POST', `/mailboxes/${mailboxId}/feed/run`)
  const inbox = await until(
    async () => {
      const found = await health(desk)
      const [folder] = found?.folders ?? []
      return found?.state === 'ok' && folder?.serverCount === n && folder
    },
    'the comparison with the server',
    120,
  )
  if (inbox.recordedCount !== n || inbox.unlisted !== 0) throw new Error(`The comparison says ${JSON.stringify(inbox)}`)
}

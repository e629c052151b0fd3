import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { patience, randomFrom, underDeaths } from '#test/deaths.ts'
import { startRunningDesk, until, type RunningDesk } from '#test/running-desk.ts'
import { openSmtp, type SmtpClient } from '#test/smtp-client.ts'

/** Fifty runs of 500 mails on one desk that is never given anew: what an earlier run broke, a later one would find. */
const runs = 50
const mailsPerRun = 500
const lanes = 8

let desk: RunningDesk
let deaths = 0
beforeAll(async () => {
  desk = await startRunningDesk()
}, 60_000)
afterAll(async () => {
  console.log(`${runs} runs of ${mailsPerRun} mails, ${deaths} deaths`)
  await desk.remove()
}, 60_000)

type Kind = 'ticketed' | 'appended' | 'suppressed'
type Mail = { id: string; kind: Kind; from: string; parent: string | null; raw: Buffer; times: number }

/** What one sender has to say, in order: new questions, answers to its own, out-of-office notes, and some of them again. */
function laneOf(seed: number, lane: number, random: () => number): Mail[] {
  const from = `person${lane}@run${seed}.test`
  const mails: Mail[] = []
  for (let n = lane; n < mailsPerRun; n += lanes) {
    const id = `intake.${seed}.${n}@run${seed}.test`
    const dice = random()
    const asked = mails.filter(({ kind }) => kind === 'ticketed')
    const parent = dice < 0.2 ? (asked[Math.floor(random() * asked.length)]?.id ?? null) : null
    const kind: Kind = parent ? 'appended' : dice > 0.95 ? 'suppressed' : 'ticketed'
    const raw = [
      `From: Person ${lane} <${from}>`,
      'To: support@localhost',
      `Subject: ${parent ? 'Re: ' : ''}Question ${seed}.${n}`,
      `Message-ID: <${id}>`,
      'Date: Mon, 02 Nov 2026 09:00:00 +0000',
      ...(parent ? [`In-Reply-To: <${parent}>`] : []),
      ...(kind === 'suppressed' ? ['Auto-Submitted: auto-replied'] : []),
      '',
      `This is mail ${n} of run ${seed}.`,
    ].join('\r\n')
    mails.push({ id, kind, from, parent, raw: Buffer.from(raw), times: random() < 0.1 ? 2 : 1 })
  }
  return mails
}

/** As a mail server does: again until it heard 250. Each connection serves many mails and is replaced when it breaks. */
async function sendLane(mails: readonly Mail[], pause: () => number): Promise<void> {
  let client: SmtpClient | undefined
  for (const mail of mails)
    for (let time = 0; time < mail.times; time++) {
      await sleep(pause())
      await until(
        async () => {
          try {
            client ??= await openSmtp(desk.smtpPort())
            const answer = await Promise.race([client.send(mail, 'support@localhost'), slow()])
            if (answer.startsWith('250')) return true
          } catch {
            // The connection broke; nobody knows whether the mail was taken.
          }
          client?.close()
          client = undefined
          return false
        },
        `${mail.id} to be taken`,
        patience,
      )
    }
  client?.close()
}

const slow = () => sleep(20_000).then(() => 'too slow')

async function check(seed: number, mails: readonly Mail[]): Promise<void> {
  const { password, port } = JSON.parse(await readFile(join(desk.dataDir, 'database.json'), 'utf8'))
  const database = new Client({ host: '127.0.0.1', port, user: 'mainstay', password, database: 'mainstay' })
  await database.connect()
  try {
    const rows = async (text: string) => (await database.query(text, [`intake.${seed}.%`])).rows
    const receipts = await rows(
      `select r.provider_id as id, r.disposition, r.ticket_id, r.message_id, encode(sha256(w.bytes), 'hex') as hash
       from receipts r left join raw_items w on w.receipt_id = r.id where r.provider_id like $1`,
    )
    const first = new Map(receipts.filter(({ disposition }) => disposition !== 'duplicate').map((row) => [row.id, row]))
    expect(receipts.filter(({ disposition }) => disposition !== 'duplicate')).toHaveLength(mails.length)
    for (const mail of mails) {
      const receipt = first.get(mail.id)
      // The line end before the dot is part of the mail.
      const hash = createHash('sha256').update(mail.raw).update('\r\n').digest('hex')
      expect({ id: mail.id, became: receipt?.disposition, hash: receipt?.hash }).toEqual({
        id: mail.id,
        became: mail.kind,
        hash,
      })
      if (mail.parent) expect(receipt?.ticket_id).toBe(first.get(mail.parent)?.ticket_id)
    }
    const said = await rows(
      'select provider_id as id, count(*)::int as n from messages where provider_id like $1 group by 1',
    )
    expect(said.filter(({ n }) => n !== 1)).toEqual([])
    expect(said).toHaveLength(mails.filter(({ kind }) => kind !== 'suppressed').length)
    const tickets = await rows(
      `select t.id, (select count(*)::int from ticket_clocks c where c.ticket_id = t.id and c.state = 'running') as clocks,
         (select count(*)::int from events e where e.ticket_id = t.id and e.type = 'ticket.created') as created
       from tickets t where t.id in (select ticket_id from messages where provider_id like $1)`,
    )
    expect(tickets).toHaveLength(mails.filter(({ kind }) => kind === 'ticketed').length)
    expect(tickets.filter(({ clocks, created }) => clocks !== 1 || created !== 1)).toEqual([])
    const drift = await database.query(
      `select source_id, disposition, sum(n) from (select source_id, disposition, count as n from custody_counts
         union all select source_id, disposition, -count(*) from receipts group by 1, 2) as both_sides
       group by 1, 2 having sum(n) <> 0`,
    )
    expect(drift.rows).toEqual([])
    const work = () => database.query('select from receipt_work').then(({ rowCount }) => rowCount === 0)
    await until(work, 'the work after receipt', patience)
  } finally {
    await database.end()
  }
}

test.each(Array.from({ length: runs }, (_, index) => index + 1))(
  `${mailsPerRun} mails under random deaths of every process, seed %i: counts equal, none lost, none twice`,
  async (seed) => {
    const random = randomFrom(seed)
    const all = Array.from({ length: lanes }, (_, lane) => laneOf(seed, lane, random))
    const struck = await underDeaths(desk, random, 400, async () => {
      const ended = await Promise.allSettled(all.map((mails) => sendLane(mails, () => random() * 40)))
      for (const one of ended) if (one.status === 'rejected') throw one.reason
    })
    deaths += struck
    expect(struck).toBeGreaterThan(0)
    await check(seed, all.flat())
  },
  600_000,
)

import { execFileSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmdirSync } from 'node:fs'
import { readFile, rm, statfs, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { patience, whenReady } from '#test/deaths.ts'
import { startRunningDesk, until, type RunningDesk } from '#test/running-desk.ts'
import { openSmtp } from '#test/smtp-client.ts'

/** A disk of its own that can run full without harming the machine; needs the right to mount one. */
const disk = mountSmallDisk()
if (!disk) console.log('Skipped: a small disk cannot be mounted here, so a full one cannot be tried.')

let desk: RunningDesk
beforeAll(async () => {
  if (disk) desk = await startRunningDesk({}, disk)
}, 60_000)
afterAll(async () => {
  if (!disk) return
  await desk.remove().catch(() => {})
  execFileSync('umount', ['--lazy', disk])
  rmdirSync(disk)
}, 60_000)

function mountSmallDisk(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'mainstay-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=400m,mode=0755', 'tmpfs', folder], { stdio: 'ignore' })
    return folder
  } catch {
    rmdirSync(folder)
    return undefined
  }
}

type Mail = { id: string; from: string; raw: Buffer }

/** Every second one carries a file, which goes to the blob store; the others are heavy themselves. */
function mailOf(n: number): Mail {
  const id = `full.${n}@acme.test`
  const heavy = randomBytes(300_000).toString('base64').replace(/.{76}/g, '$&\r\n')
  const head = `From: ann@acme.test\r\nTo: support@localhost\r\nSubject: Heavy ${n}\r\nMessage-ID: <${id}>\r\n`
  const file = `Content-Type: application/pdf\r\nContent-Disposition: attachment; filename="a.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\n${heavy}`
  const body =
    n % 2 === 0
      ? `\r\n${heavy}`
      : `MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee the file.\r\n--b\r\n${file}\r\n--b--`
  return { id, from: 'ann@acme.test', raw: Buffer.from(head + body) }
}

/** The desk's answer, or that there was none. */
async function hand(mail: Mail): Promise<string> {
  const client = await openSmtp(desk.smtpPort()).catch(() => undefined)
  const answer = await client?.send(mail, 'support@localhost').catch((error: Error) => `none: ${error.message}`)
  client?.close()
  return answer ?? 'none'
}

async function receipts(): Promise<Map<string, { disposition: string; hash: string | null }[]>> {
  const { password, port } = JSON.parse(await readFile(join(desk.dataDir, 'database.json'), 'utf8'))
  const database = new Client({ host: '127.0.0.1', port, user: 'mainstay', password, database: 'mainstay' })
  await database.connect()
  const { rows } = await database
    .query(
      `select r.provider_id as id, r.disposition, encode(sha256(w.bytes), 'hex') as hash
       from receipts r left join raw_items w on w.receipt_id = r.id`,
    )
    .finally(() => database.end())
  return Map.groupBy(rows, (row) => String(row.id))
}

test.skipIf(!disk)(
  'a disk that runs full while mail comes in: none is taken that is not kept, and all is taken once there is room',
  async () => {
    const ballast = join(desk.dataDir, 'ballast')
    const { bavail, bsize } = await statfs(desk.dataDir)
    await writeFile(ballast, Buffer.alloc(bavail * bsize - 24_000_000))
    const mails = Array.from({ length: 60 }, (_, n) => mailOf(n))
    const taken: Mail[] = []
    const refused: Mail[] = []
    for (const mail of mails) {
      const answer = await hand(mail)
      if (answer.startsWith('250')) taken.push(mail)
      else {
        // Never a final refusal: the sender keeps the mail and comes again.
        expect(answer).toMatch(/^(4\d\d |none)/)
        refused.push(mail)
      }
    }
    expect(taken.length).toBeGreaterThan(5)
    expect(refused.length).toBeGreaterThan(5)
    await rm(ballast)
    await whenReady(desk)
    for (const mail of refused)
      await until(async () => (await hand(mail)).startsWith('250'), `${mail.id} to be taken`, patience)
    const kept = await receipts()
    for (const mail of mails) {
      const rows = (kept.get(mail.id) ?? []).filter(({ disposition }) => disposition !== 'duplicate')
      const hash = createHash('sha256').update(mail.raw).update('\r\n').digest('hex')
      expect({ id: mail.id, rows }).toEqual({ id: mail.id, rows: [{ id: mail.id, disposition: 'ticketed', hash }] })
    }
    const { body } = await desk.api<{ counts: Record<string, number> }>('GET', '/custody')
    expect(body.counts).toMatchObject({ ticketed: mails.length, parked: 0 })
  },
  300_000,
)

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { classifyMail } from '#modules/inbox/rules/auto-mail.ts'
import { readFailures } from '#modules/inbox/rules/bounce.ts'
import { bounceFixtures } from './bounces.fixture.ts'
import { mail, read } from './mail.fixture.ts'
import { parseMail } from './parse.ts'

const nobody = { ownAddresses: ['support@desk.example'], ownMessageId: false }

describe('what a bounce says', () => {
  it.each(bounceFixtures)('$family', async ({ bytes, expected }) => {
    const message = await read(bytes, { from: '', to: ['support@desk.example'] })
    expect(classifyMail(message, nobody).kind).toBe('bounce')
    expect(readFailures(message).map(({ address, kind, reason }) => [address, kind, reason])).toEqual(expected)
  })

  it('is only late while the server keeps trying', async () => {
    const late = bounceFixtures.find(({ family }) => family === 'delayed')
    expect(readFailures(await read(late!.bytes))[0]).toMatchObject({ delayed: true, kind: 'soft' })
  })

  it('never names the one it was sent to, nor its own writer', async () => {
    const message = await read(
      mail(
        { From: 'MAILER-DAEMON@mx.desk.example', To: 'support@desk.example', Subject: 'Undelivered mail' },
        'support@desk.example: your mail could not be delivered. Write to postmaster@mx.desk.example.',
      ),
    )
    expect(readFailures(message)).toEqual([])
  })

  it('takes no time on text that means harm', async () => {
    const message = await read(mail({ From: 'MAILER-DAEMON@mx.example' }, `user ${'a '.repeat(40_000)}@`.repeat(4)))
    expect(readFailures(message).length).toBeLessThanOrEqual(100)
  })
})

const folder = join(process.env.TEST_DATA_DIR ?? '../shared/data', 'email-bounces-sisimai')
const here = existsSync(folder)
if (!here) console.log('skipped: no email-bounces-sisimai in the test data folder')

type Label = { file: string; expected: { reason: string; hardbounce: boolean }[] }

describe.skipIf(!here)('bounces of sixty mail systems', () => {
  it('are read recipient by recipient, and none would open a loop', async () => {
    const tally = { expected: 0, recognised: 0, right: 0, loops: 0 }
    for (const line of readFileSync(join(folder, 'expected.jsonl'), 'utf8').trim().split('\n')) {
      const label = JSON.parse(line) as Label
      const outcome = await parseMail(readFileSync(join(folder, label.file)), { from: '', to: [] })
      if (!outcome.ok) throw new Error(`${label.file}: ${outcome.reason}`)
      const found = classifyMail(outcome.message, { ownAddresses: [], ownMessageId: false })
      if (found.mayOpen || found.mayReopen || found.mayAnswer) tally.loops++
      const wanted = label.expected.filter(({ reason }) => !['feedback', 'vacation', 'delivered'].includes(reason))
      const failures = found.kind === 'bounce' ? readFailures(outcome.message) : []
      tally.expected += wanted.length
      // The labels name no addresses; a failure that is not the sender's own address stands for the one in its place.
      for (const [index, want] of wanted.entries()) {
        const got = failures[index]
        if (!got) continue
        tally.recognised++
        if ((got.kind === 'hard') === want.hardbounce) tally.right++
      }
    }
    const percent = (part: number, all: number) => `${part} of ${all} (${((100 * part) / all).toFixed(1)} %)`
    console.log(
      `failed recipients recognised: ${percent(tally.recognised, tally.expected)}, hard or soft right: ${percent(tally.right, tally.recognised)}, would open a loop: ${tally.loops}`,
    )
    expect(tally.recognised / tally.expected).toBeGreaterThanOrEqual(0.92)
    expect(tally.right / tally.recognised).toBeGreaterThanOrEqual(0.92)
    expect(tally.loops).toBe(0)
  })
})

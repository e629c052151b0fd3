import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseMail } from '#server/channels/email/message/parse.ts'
import { percentiles, round, say, type Bench } from './result.ts'

/**
 * Every file below a folder read as a mail, one after another, as the desk reads it: parsed, its reply parted, its HTML made
 * safe, card numbers masked; heavy ones in the thread with limits. Names why mails could not be read and what was repaired.
 */
export const mailParse: Bench = async ({ folder }) => {
  if (folder === undefined) throw new Error('Say which folder of mails: npm run bench -- mail-parse DIR')
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(?:json|jsonl|md|mbox)$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
  if (files.length === 0) throw new Error(`${folder} holds no files.`)
  say(`Reading ${files.length} files.`)
  const envelope = { from: 'sender@example.test', to: ['desk@example.test'] }
  for (const file of files.slice(0, 20)) await parseMail(readFileSync(file), envelope)
  const durations: number[] = []
  const failures: Record<string, number> = {}
  const warnings: Record<string, number> = {}
  let bytes = 0
  const peak = { rss: 0 }
  const began = performance.now()
  for (const file of files) {
    const raw = readFileSync(file)
    bytes += raw.byteLength
    const started = performance.now()
    const outcome = await parseMail(raw, envelope)
    durations.push(performance.now() - started)
    if (!outcome.ok) add(failures, outcome.reason)
    for (const warning of outcome.ok ? outcome.message.warnings : []) add(warnings, warning)
    peak.rss = Math.max(peak.rss, process.memoryUsage.rss())
  }
  const seconds = (performance.now() - began) / 1000
  const failed = Object.values(failures).reduce((sum, count) => sum + count, 0)
  return {
    name: 'mail-parse',
    sizes: { mails: files.length, bytes },
    ops: files.length,
    seconds: round(seconds),
    perSecond: round(files.length / seconds),
    ms: percentiles(durations),
    peakMb: { reader: round(peak.rss / 2 ** 20) },
    quality: { failures: failed, ...named('failure', failures), ...named('warning', warnings) },
    checked: ['every file was answered with a message or with the reason why it is none'],
  }
}

/** Counts a sentence by its kind: numbers in it differ from mail to mail. */
function add(counts: Record<string, number>, sentence: string): void {
  const kind = sentence.replace(/\d+/g, 'N')
  counts[kind] = (counts[kind] ?? 0) + 1
}

function named(what: string, counts: Record<string, number>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(counts)
      .sort(([, a], [, b]) => b - a)
      .map(([kind, count]) => [`${what}: ${kind}`, count]),
  )
}

import { backfill } from './backfill.ts'
import { custody } from './custody.ts'
import { demo } from './demo.ts'
import { explain } from './explain.ts'
import { imap } from './imap.ts'
import { ingest } from './ingest.ts'
import { mailParse } from './mail-parse.ts'
import { openBench } from './open.ts'
import { replies } from './replies.ts'
import { say, type Bench } from './result.ts'
import { viewBench } from './view.ts'
import { webhooks } from './webhooks.ts'

/** Every workload by its name: one line each. */
const benches: Record<string, Bench> = {
  ingest,
  replies,
  view: viewBench,
  open: openBench,
  'mail-parse': mailParse,
  custody,
  imap,
  explain,
  webhooks,
  backfill,
  demo,
}

async function main(): Promise<void> {
  const [name, ...rest] = process.argv.slice(2)
  const bench = name === undefined ? undefined : benches[name]
  if (!bench) {
    say(`Use: npm run bench -- <${Object.keys(benches).join(' | ')}> [--option value]`)
    process.exitCode = 1
    return
  }
  // A first word without a name is the folder or file that a workload reads.
  const folder = rest[0] !== undefined && !rest[0].startsWith('--') ? rest.shift() : undefined
  const result = await bench({ ...parseOptions(rest), ...(folder === undefined ? {} : { folder }) })
  say(
    `${result.ops} in ${result.seconds} s: ${result.perSecond} per second; p50 ${result.ms.p50} ms, p99 ${result.ms.p99} ms`,
  )
  process.stdout.write(`${JSON.stringify(result)}\n`)
}

/** `--name value` and `--name=value`. */
function parseOptions(words: readonly string[]): Record<string, string> {
  const options: Record<string, string> = {}
  const rest = words.flatMap((word) => (word.startsWith('--') && word.includes('=') ? word.split(/=(.*)/s, 2) : [word]))
  for (let index = 0; index < rest.length; index += 2) {
    const [name, value] = [rest[index] ?? '', rest[index + 1]]
    if (!name.startsWith('--') || value === undefined) throw new Error(`${name} must be --name value`)
    options[name.slice(2)] = value
  }
  return options
}

main().catch((error: unknown) => {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error))
  process.exitCode = 1
})

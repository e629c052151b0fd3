import { parseArgs } from 'node:util'
import { loadConfig } from '../config.ts'
import { explainStartFailure } from '#platform/start-error.ts'
import { checkMail } from './check-mail.ts'
import { NoDesk } from './read-desk.ts'
import { reportOf } from './report.ts'

const usage = `Use: mainstay doctor mail [--json] [--dns URL] [--selector NAME] [--ip ADDRESS]
Looks at DNS, ports, credentials and clocks of this desk's mail; sends nothing and changes nothing.
  --selector  a DKIM selector that your mail provider signs with
  --ip        the address your mail leaves from, to check SPF for certain
  --dns       ask this address (?name=&type=) instead of this machine's DNS
  --json      one JSON document instead of lines
It ends with 1 when there is a problem.`

async function main(): Promise<number> {
  const { values, positionals } = readArguments()
  if (positionals.length !== 1 || positionals[0] !== 'mail' || values.help) {
    process.stderr.write(`${usage}\n`)
    return values.help ? 0 : 2
  }
  const { json = false, ...options } = values
  // As a server is started; what guards the demo against the network is no matter here.
  const findings = await checkMail(loadConfig(['--empty']), options)
  process.stdout.write(json ? `${JSON.stringify({ findings }, null, 2)}\n` : reportOf(findings))
  return findings.some(({ level }) => level === 'problem') ? 1 : 0
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        help: { type: 'boolean' },
        dns: { type: 'string' },
        selector: { type: 'string' },
        ip: { type: 'string' },
      },
    })
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n${usage}\n`)
    process.exit(2)
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    const sentence = error instanceof NoDesk ? error.message : explainStartFailure(error, {})
    process.stderr.write(`${sentence ?? (error instanceof Error ? error.stack : String(error))}\n`)
    process.exit(2)
  },
)

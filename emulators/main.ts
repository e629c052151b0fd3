import { fstatSync } from 'node:fs'
import { parseArgs } from 'node:util'
import * as z from 'zod'
import { startEmulators } from './start.ts'

const Port = z.coerce.number().int().min(0).max(65_535)

const Settings = z.object({
  EMULATORS_PORT: Port.default(3100),
  EMULATORS_SMTP_PORT: Port.default(2526),
  EMULATORS_DATA_DIR: z.string().min(1).optional(),
  DESK_SMTP_HOST: z.string().min(1).default('127.0.0.1'),
  DESK_SMTP_PORT: Port.default(2525),
  DESK_URL: z.url().optional(),
  SUPPORT_ADDRESS: z.string().min(3).default('support@localhost'),
})

/** `--emulators-port 3100` and EMULATORS_PORT=3100 mean the same; the argument wins. */
function readSettings(): z.infer<typeof Settings> {
  const names = Object.keys(Settings.shape)
  const flag = (name: string) => name.toLowerCase().replaceAll('_', '-')
  const { values } = parseArgs({ options: Object.fromEntries(names.map((name) => [flag(name), { type: 'string' }])) })
  const given = names.flatMap((name) => {
    const value = values[flag(name)] ?? process.env[name]
    return value === undefined || value === '' ? [] : [[name, value]]
  })
  const parsed = Settings.safeParse(Object.fromEntries(given))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Error(`${issue?.path.join('.')} is not valid: ${issue?.message}.`)
}

/** Calls back when whoever started this process is gone: its IPC channel or the pipe it holds on our stdin closes. */
function whenParentLeaves(leave: () => void) {
  if (process.channel) {
    process.once('disconnect', leave)
    return
  }
  const stdin = fstatSync(0, { throwIfNoEntry: false })
  // A terminal or /dev/null says nothing about the parent.
  if (!stdin || !(stdin.isFIFO() || stdin.isSocket())) return
  process.stdin.once('close', leave).once('error', leave).resume()
}

async function main() {
  const settings = readSettings()
  const emulators = await startEmulators({
    port: settings.EMULATORS_PORT,
    smtpPort: settings.EMULATORS_SMTP_PORT,
    dataDir: settings.EMULATORS_DATA_DIR,
    deskSmtp: { host: settings.DESK_SMTP_HOST, port: settings.DESK_SMTP_PORT },
    deskUrl: settings.DESK_URL,
    supportAddress: settings.SUPPORT_ADDRESS,
  })
  let leaving = false
  const leave = () => {
    if (leaving) return
    leaving = true
    // A stop that hangs must not keep the ports: the next start needs them.
    setTimeout(() => process.exit(1), 5000).unref()
    void emulators.stop().then(() => process.exit(0))
  }
  process.once('SIGTERM', leave).once('SIGINT', leave)
  whenParentLeaves(leave)
  process.stdout.write(`${JSON.stringify({ ready: true, url: emulators.url, smtpPort: emulators.smtpPort })}\n`)
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})

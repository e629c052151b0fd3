import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Config } from './config.ts'
import type { Logger } from '#platform/log.ts'
import { StartError } from '#platform/start-error.ts'

const entry = fileURLToPath(new URL('../emulators/main.ts', import.meta.url))

export type EmulatorsProcess = { stop(): Promise<void> }

/** Starts the emulated outside world as a process of its own; it goes when this one goes. */
export async function startEmulatorsProcess(config: Config, log: Logger): Promise<EmulatorsProcess> {
  const child = spawn(process.execPath, ['--max-semi-space-size=2', entry], {
    // Its own group: Ctrl-C reaches us first, and we end it in order.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      EMULATORS_PORT: String(config.emulatorsPort),
      EMULATORS_SMTP_PORT: String(config.emulatorsSmtpPort),
      EMULATORS_DATA_DIR: join(config.dataDir, 'emulators'),
      DESK_SMTP_PORT: String(config.smtpInPort),
      DESK_URL: config.publicUrl,
      SUPPORT_ADDRESS: config.supportAddress,
    },
  })
  let complaint = ''
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-2000)
    log.warn({ emulators: chunk.toString().trim() }, 'emulators')
  })
  await new Promise<void>((resolve, reject) => {
    // The first line on stdout says that every port is open.
    child.stdout.once('data', () => resolve())
    child.once('error', reject)
    child.once('exit', () => reject(new StartError(complaint.trim() || 'The emulators stopped while starting.')))
  })
  child.stdout.resume()
  return {
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await gone
    },
  }
}

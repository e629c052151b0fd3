import { loadConfig } from './config.ts'
import { createLifecycle } from '#platform/lifecycle.ts'
import { createLog } from '#platform/log.ts'
import { explainStartFailure } from '#platform/start-error.ts'

async function main(): Promise<void> {
  const config = loadConfig()
  const log = createLog(config.logLevel)
  const lifecycle = createLifecycle({
    info: (message) => log.info(message),
    warn: (message) => log.warn(message),
    error: (message) => log.error(message),
  })
  try {
    // Only now: a bad setting should be told before half a second of modules is read.
    const { startDesk } = await import('./start.ts')
    await startDesk(config, log, lifecycle)
  } catch (error) {
    const sentence = explainStartFailure(error, {
      dataDir: config.dataDir,
      databaseUrl: config.databaseUrl,
      ports: {
        PORT: config.port,
        SMTP_IN_PORT: config.smtpInPort,
        EMULATORS_PORT: config.emulatorsPort,
        EMULATORS_SMTP_PORT: config.emulatorsSmtpPort,
      },
    })
    await lifecycle.stop()
    if (!sentence) throw error
    process.stderr.write(`${sentence}\n`)
    process.exit(1)
  }
}

main().catch((error: unknown) => {
  const sentence = explainStartFailure(error, {})
  process.stderr.write(`${sentence ?? (error instanceof Error ? error.stack : String(error))}\n`)
  process.exit(1)
})

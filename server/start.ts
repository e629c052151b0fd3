import { buildWeb } from '../web/build.ts'
import type { Config } from './config.ts'
import { createPorts } from './create-ports.ts'
import { createDesk, systemActor, type World } from './desk.ts'
import { startEmulatorsProcess } from './emulators.ts'
import { announce } from './announce.ts'
import { isEmulated } from './emulated.ts'
import { prepareDesk } from './prepare.ts'
import { reservePorts } from './reserve-ports.ts'
import { startDemo } from './start-demo.ts'
import { startMailFeeds } from './roles/mail-feeds.ts'
import { startMailListener } from './roles/mail-listener.ts'
import { startWeb } from './roles/web.ts'
import { startJobs } from './roles/jobs.ts'
import { loadSecretKey } from './secret-key.ts'
import type { DemoProgress } from './demo-progress.ts'
import { folderBlobs } from '#platform/blobs/blobs.ts'
import { createClock } from '#platform/clock.ts'
import { createPool } from '#platform/db.ts'
import { startEmbeddedPostgres } from '#platform/embedded-postgres/index.ts'
import { armFailpoint } from '#platform/failpoints.ts'
import type { Lifecycle } from '#platform/lifecycle.ts'
import type { Logger } from '#platform/log.ts'
import { migrate } from '#platform/migrate.ts'
import { createSecrets } from '#platform/secrets.ts'

/** Brings up everything this process was asked for, in the order in which each part needs the one before. */
export async function startDesk(asked: Config, log: Logger, lifecycle: Lifecycle): Promise<void> {
  armFailpoint(asked.failpoint)
  const config = await reservePorts(asked)
  const isWeb = config.roles.includes('web')
  // Bundling takes seconds on a first start, and nothing here needs it before the web server does.
  const webApp = isWeb ? buildWeb() : undefined
  // Whoever awaits it below hears of a failure; until then it is nobody's unhandled rejection.
  webApp?.catch(() => {})
  const secretKey = await loadSecretKey(config)
  const databaseUrl = config.databaseUrl ?? (await startDatabase(config, log, lifecycle))
  await migrate(databaseUrl)
  const pool = createPool({ url: databaseUrl, max: 24, log, name: config.roles.join('+') })
  lifecycle.onStop('the database connections', () => pool.end())

  const blobs = folderBlobs(config.blobDir)
  await blobs.check()
  const world: World = {
    pool,
    clock: createClock(),
    log,
    secrets: createSecrets(secretKey),
    blobs,
    ports: createPorts(config, pool),
    publicUrl: config.publicUrl,
  }
  lifecycle.onStop('the mail connections', () => world.ports.mail.close())
  const desk = () => createDesk(world, systemActor)
  const prepared = await prepareDesk(desk(), config)

  const isWorker = config.roles.includes('worker')
  if (isWorker && isEmulated(config)) {
    await lifecycle.start(
      'the emulators',
      () => startEmulatorsProcess(config, log),
      (emulators) => emulators.stop(),
    )
  }
  const demo: { progress: DemoProgress | null } = { progress: null }
  if (isWorker) {
    await startJobs(world, lifecycle)
    await startMailListener(world, config, lifecycle)
    await startMailFeeds(world, lifecycle)
  }
  await webApp
  if (isWeb) await startWeb({ world, config, databaseUrl, secretKey, demo, lifecycle })
  announce(config, prepared)
  if (isWorker && config.roles.includes('web')) startDemo({ world, config, lifecycle, demo })
}

async function startDatabase(config: Config, log: Logger, lifecycle: Lifecycle): Promise<string> {
  const database = await lifecycle.start(
    'the database',
    () =>
      startEmbeddedPostgres({
        dataDir: config.dataDir,
        log: { info: (text) => log.info(text), warn: (text) => log.warn(text) },
      }),
    (running) => running.stop(),
    30_000,
  )
  return database.url
}

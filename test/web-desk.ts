import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPorts } from '#server/create-ports.ts'
import { parseConfig, type Config } from '#server/config.ts'
import { createDesk, systemActor } from '#server/desk.ts'
import { moduleJobs } from '#server/modules.ts'
import { prepareDesk } from '#server/prepare.ts'
import { reservePorts } from '#server/reserve-ports.ts'
import { startWeb } from '#server/roles/web.ts'
import type { Lifecycle } from '#platform/lifecycle.ts'
import { createTestWorld, type TestWorld } from './build.ts'

export type WebDesk = {
  /** Where it answers, without a trailing slash. */
  url: string
  config: Config
  test: TestWorld
  /** The one-time link of the first admin. */
  setupUrl: string
  /** Runs every due job of every module. */
  drain(): Promise<void>
  close(): Promise<void>
}

/** The key that `webDesk` makes at boot: an admin's, of nobody. */
export const bootKey = 'the-boot-key-of-the-tests-0123456789'

/** The whole web role in this process, on a database of its own; jobs run when asked. */
export async function webDesk(env: Record<string, string> = {}): Promise<WebDesk> {
  const dataDir = await mkdtemp(join(tmpdir(), 'mainstay-web-'))
  const config = await reservePorts(
    parseConfig(
      {
        DATA_DIR: dataDir,
        PORT: '0',
        SMTP_IN_PORT: '0',
        EMULATORS_PORT: '0',
        EMULATORS_SMTP_PORT: '0',
        ADMIN_API_KEY: bootKey,
        MAINSTAY_CHECK_RESULTS: '1',
        ...env,
      },
      ['--empty'],
    ),
  )
  const test = await createTestWorld()
  test.world.ports = createPorts(config, test.world.pool)
  const world = { ...test.world, publicUrl: config.publicUrl }
  const { setupUrl } = await prepareDesk(createDesk(world, systemActor), config)
  const { lifecycle, stop } = partsOfTest()
  await startWeb({
    world,
    config,
    databaseUrl: test.databaseUrl,
    secretKey: 'a secret of the tests, long enough',
    demo: { progress: null },
    lifecycle,
  })
  return {
    url: config.publicUrl,
    config,
    test,
    setupUrl: setupUrl ?? '',
    drain: () => test.drain(moduleJobs),
    async close() {
      await stop()
      await test.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** The process's own lifecycle listens for signals; a test only stops what it started. */
function partsOfTest(): { lifecycle: Lifecycle; stop: () => Promise<void> } {
  const stops: (() => unknown)[] = []
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) await each()
  }
  return {
    stop,
    lifecycle: {
      onStop: (_, each) => void stops.push(each),
      async start(_, start, end) {
        const part = await start()
        stops.push(() => end(part))
        return part
      },
      stop: async () => {
        await stop()
        return true
      },
    },
  }
}

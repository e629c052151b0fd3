import { defineConfig } from 'vitest/config'

/** Tests that take minutes: random deaths, long histories. One file at a time. */
export default defineConfig({
  test: {
    include: ['{server,emulators,demo,test}/**/*.long.ts'],
    globalSetup: ['./test/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 1,
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 120_000,
  },
})

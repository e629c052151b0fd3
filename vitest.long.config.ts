import { defineConfig } from 'vitest/config'

/** Tests that take minutes: random deaths, long histories. One file at a time. */
export default defineConfig({
  test: {
    include: ['{server,emulators,demo,test}/**/*.long.ts'],
    globalSetup: ['./test/global-setup.ts'],
    // A failure says what it found, not "[ Array(1) ]".
    chaiConfig: { truncateThreshold: 2000 },
    pool: 'forks',
    maxWorkers: 1,
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 120_000,
  },
})

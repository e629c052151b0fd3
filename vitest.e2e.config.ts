import { defineConfig } from 'vitest/config'

/** Browser tests: one browser at a time, with time enough for a cold machine. */
export default defineConfig({
  test: {
    include: ['test/e2e/*.e2e.ts'],
    // A failure says what it found, not "[ Array(1) ]".
    chaiConfig: { truncateThreshold: 2000 },
    pool: 'forks',
    maxWorkers: 1,
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 300_000,
  },
})

import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{contract,server,emulators,web,bin,demo,test}/**/*.test.{ts,js}'],
    globalSetup: ['./test/global-setup.ts'],
    // A failure says what it found, not "[ Array(1) ]".
    chaiConfig: { truncateThreshold: 2000 },
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
})

import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{contract,server,emulators,web,bin,demo,test}/**/*.test.ts'],
    globalSetup: ['./test/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
})

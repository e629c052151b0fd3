import { finish, runVitest } from './tests.js'

finish([await runVitest({ title: 'Long tests', config: 'vitest.long.config.ts' })])

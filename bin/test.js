import { checks, runChecks, webBuild } from './checks.js'
import { finish, runVitest } from './tests.js'

const failures = await runChecks([...checks, webBuild])
const unit = await runVitest({ title: 'Unit and system tests' })
const browser = await runVitest({ title: 'Browser tests', config: 'vitest.e2e.config.ts' })
finish([{ passed: 0, failures, unsteady: [], skipped: 0 }, unit, browser])

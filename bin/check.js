import { checks, runChecks } from './checks.js'

process.exit((await runChecks(checks)).length === 0 ? 0 : 1)

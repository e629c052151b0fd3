import { spawn } from 'node:child_process'

/** What must hold besides tests. Each is one command; a non-zero exit is one failure. */
export const checks = [
  { title: 'Types: server', args: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.server.json'] },
  { title: 'Types: web', args: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.web.json'] },
  { title: 'Lint', args: ['node_modules/oxlint/bin/oxlint', '--type-aware'] },
  { title: 'Format', args: ['node_modules/oxfmt/bin/oxfmt', '--check'] },
  { title: 'Unused code', args: ['node_modules/knip/bin/knip.js'] },
]

export const webBuild = { title: 'Web build and bundle budget', args: ['web/build.ts'] }

/** Runs a command under this Node, its output passed through; resolves to its exit code. */
export function runNode(args) {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] })
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(error.message)
      resolve(1)
    })
    child.on('close', (code) => resolve(code ?? 1))
  })
}

/** Resolves to the titles of the checks that failed; goes on after a failure to give the full picture. */
export async function runChecks(list) {
  const failed = []
  for (const { title, args } of list) {
    heading(title)
    if ((await runNode(args)) !== 0) failed.push(title)
  }
  return failed
}

export function heading(title) {
  console.log(`\n── ${title}`)
}

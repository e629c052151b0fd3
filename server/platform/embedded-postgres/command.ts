import { spawn } from 'node:child_process'

export interface User {
  uid: number
  gid: number
}

/** Runs a program as the database user, with nothing of our environment (PG* variables would change what PostgreSQL
 * does) and from a folder that user can surely enter. Resolves with the exit code and all it printed. */
export function run(
  command: string,
  args: string[],
  user: User | undefined,
): Promise<{ code: number; output: string }> {
  const child = spawn(command, args, {
    ...user,
    cwd: '/',
    env: { LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A Ctrl-C in the terminal goes to our whole process group; the database must see only the stop we ask for.
    detached: true,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

/** The end of what a program said, on one line. */
export function lastLines(output: string): string {
  return output.trim().split('\n').slice(-3).join(' / ')
}

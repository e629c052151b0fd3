import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const web = dirname(fileURLToPath(import.meta.url))
const root = dirname(web)
const stampFile = 'source.hash'

/** The folder the web server serves: web/dist. */
export const webDist = join(web, 'dist')

/** sha256 over everything the bundle is made from: desk sources, the contract, the build settings and the lock file. */
export function sourceHash(): string {
  const hash = createHash('sha256')
  const files = [
    ...filesUnder(join(web, 'desk')),
    ...filesUnder(join(root, 'contract')),
    join(web, 'vite.config.ts'),
    join(root, 'package-lock.json'),
  ]
  for (const file of files.filter((f) => !f.endsWith('.test.ts')).toSorted())
    hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}

/** Builds web/dist when its sources changed. The bundler runs in its own process, so that its memory goes away with it. */
export async function buildWeb(options: { quiet?: boolean } = {}): Promise<{ built: boolean; folder: string }> {
  const stamp = join(webDist, stampFile)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sourceHash()) return { built: false, folder: webDist }
  if (!options.quiet) process.stderr.write('Building the web app\n')
  await runSelf('--bundle')
  return { built: true, folder: webDist }
}

/** Bundles into a folder of its own and then swaps it in: a server keeps serving the old files until the new ones are whole. */
async function bundle(): Promise<void> {
  const hash = sourceHash()
  const next = join(root, 'node_modules', '.cache', `mainstay-web-${process.pid}`)
  const { build } = await import('vite')
  await build({
    configFile: join(web, 'vite.config.ts'),
    mode: 'production',
    logLevel: 'warn',
    build: { outDir: next },
  })
  writeFileSync(join(next, stampFile), hash)
  const old = `${next}-old`
  mkdirSync(dirname(next), { recursive: true })
  if (existsSync(webDist)) renameSync(webDist, old)
  renameSync(next, webDist)
  rmSync(old, { recursive: true, force: true })
}

function runSelf(flag: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url), flag], {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => (said += chunk))
    child.stderr.on('data', (chunk: Buffer) => (said += chunk))
    child.on('error', reject)
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`The web app did not build:\n${said}`))))
  })
}

function filesUnder(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--bundle')) await bundle()
  else {
    const { checkBudget } = await import('./budget.ts')
    const { built } = await buildWeb()
    const budget = checkBudget(webDist)
    process.stdout.write(`${built ? 'Built' : 'Up to date'}. ${budget.text}\n`)
    process.exitCode = budget.within ? 0 : 1
  }
}

import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright-core'

const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Starts the browser that comes inside an npm package. It is unpacked once per version and user into the temporary folder, and
 * sees only the fonts of its package, so that pictures are the same on every machine. The caller closes it.
 */
export async function launchBrowser(): Promise<Browser> {
  const folder = await unpackedBrowser()
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--font-render-hinting=none',
      '--hide-scrollbars',
    ],
    env: { ...process.env, FONTCONFIG_FILE: join(folder, 'fonts', 'fonts.conf') },
  })
}

async function unpackedBrowser(): Promise<string> {
  const manifest = join(root, 'node_modules/@sparticuz/chromium/package.json')
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
  const folder = join(tmpdir(), `mainstay-chromium-${version}-${userInfo().uid}`)
  if (existsSync(folder)) return folder
  // Unpacked aside and then renamed: whoever finds the folder finds it whole, and of two first runs one simply loses.
  const aside = mkdtempSync(`${folder}-`)
  await unpackInto(aside)
  writeFileSync(join(aside, 'fonts', 'fonts.conf'), fontsConf(join(folder, 'fonts')))
  try {
    renameSync(aside, folder)
  } catch (error) {
    rmSync(aside, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
  return folder
}

/** The package unpacks to the process's temporary folder and nowhere else, so it gets a process with one of its own. */
function unpackInto(folder: string): Promise<void> {
  const script = `import chromium from '@sparticuz/chromium'; await chromium.executablePath()`
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: root,
      env: { ...process.env, TMPDIR: folder },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => (said += chunk))
    child.on('error', reject)
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`The browser could not be unpacked: ${said}`)),
    )
  })
}

function fontsConf(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}</dir>
  <cachedir>${join(folder, 'cache')}</cachedir>
  <config></config>
</fontconfig>
`
}

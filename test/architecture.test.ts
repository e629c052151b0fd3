import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'oxc-parser'
import { describe, expect, test } from 'vitest'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')

/** What each module may know of; the map of ARCHITECTURE.md. */
const knows: Record<string, string[]> = {
  team: [],
  customers: ['team'],
  inbox: ['customers', 'team'],
  billing: ['customers', 'team'],
  insights: ['inbox', 'billing', 'customers', 'team'],
}

type Import = { from: string; to: string; typeOnly: boolean }

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((path) => !path.includes('node_modules') && !path.startsWith('web/dist'))
}

const isTest = (path: string) => /\.(test|e2e|long|fixture)\.tsx?$/.test(path) || path.endsWith('build-facts.ts')

/** Imports of a file with paths of ours made relative to the root; packages keep their names. */
function importsOf(path: string): Import[] {
  const { module } = parseSync(path, readFileSync(join(root, path), 'utf8'))
  const names = [
    ...module.staticImports.map((entry) => ({
      name: entry.moduleRequest.value,
      typeOnly: entry.entries.length > 0 && entry.entries.every((item) => item.isType),
    })),
    ...module.staticExports.flatMap((entry) =>
      entry.entries.flatMap((item) =>
        item.moduleRequest ? [{ name: item.moduleRequest.value, typeOnly: item.isType }] : [],
      ),
    ),
  ]
  return names.map(({ name, typeOnly }) => ({ from: path, to: locate(path, name), typeOnly }))
}

const aliases: [string, string][] = [
  ['#contract/', 'contract/'],
  ['#platform/', 'server/platform/'],
  ['#modules/', 'server/modules/'],
  ['#server/', 'server/'],
  ['#web/', 'web/'],
  ['#test/', 'test/'],
]

function locate(from: string, name: string): string {
  const alias = aliases.find(([prefix]) => name.startsWith(prefix))
  if (alias) return alias[1] + name.slice(alias[0].length)
  return name.startsWith('.') ? relative(root, resolve(root, dirname(from), name)) : name
}

const ours = /^(contract|server|web|emulators|demo|bench|test|bin)\//
const isPackage = (path: string) => !ours.test(path)

/** The reason why an import is not allowed, or undefined. */
export function objection({ from, to, typeOnly }: Import): string | undefined {
  if (isTest(from) || from.startsWith('test/') || from.startsWith('bench/') || from.startsWith('demo/'))
    return undefined
  if (from.startsWith('contract/'))
    return to.startsWith('contract/') || to === 'zod' ? undefined : 'contract imports zod and contract only'
  if (from.startsWith('web/')) {
    if (to.startsWith('server/') || to.startsWith('emulators/')) return 'the web app never imports the server'
    return undefined
  }
  if (from.startsWith('emulators/')) {
    return isPackage(to) || to.startsWith('emulators/') ? undefined : 'emulators share no code with the server'
  }
  if (to === 'server/main.ts') return 'nothing imports main'
  if (from.startsWith('server/platform/')) {
    const isDesk = to === 'server/desk.ts'
    return to.startsWith('server/') && !to.startsWith('server/platform/') && !isDesk
      ? 'the platform knows no module'
      : undefined
  }
  const module = /^server\/modules\/([a-z-]+)\//.exec(from)?.[1]
  if (module) return moduleObjection(module, { from, to, typeOnly })
  if (/^server\/(channels|adapters)\//.test(from)) {
    const isAllowed =
      isPackage(to) ||
      /^server\/(channels|adapters)\//.test(to) ||
      to.startsWith('server/platform/') ||
      to.startsWith('contract/') ||
      /^server\/modules\/[a-z-]+\/ports\.ts$/.test(to)
    return isAllowed ? undefined : 'channels and adapters import ports, the platform and SDKs'
  }
  return undefined
}

function moduleObjection(module: string, { from, to, typeOnly }: Import): string | undefined {
  const isRule = from.startsWith(`server/modules/${module}/rules/`)
  if (isRule) {
    const isAllowed =
      to === 'zod' ||
      to.startsWith('contract/') ||
      to.startsWith(`server/modules/${module}/rules/`) ||
      // The calendar's arithmetic is the same for every clock.
      to.startsWith('server/modules/team/rules/calendar')
    return isAllowed ? undefined : 'rules import zod, contract and rules only'
  }
  if (isPackage(to)) {
    return /^(stripe|nodemailer|smtp-server|mailauth|postal-mime|mailparser|imapflow)(\/|$)/.test(to)
      ? 'SDKs belong to channels and adapters'
      : undefined
  }
  if (/^server\/(channels|adapters|roles)\//.test(to)) return 'modules reach the outside through ports'
  const other = /^server\/modules\/([a-z-]+)\/(.*)$/.exec(to)
  if (!other || other[1] === module) return undefined
  const [, name = '', file = ''] = other
  if (!knows[module]?.includes(name)) return `${module} does not know ${name}`
  const mayReadTables = /\/(views?|([a-z-]+-)?tables)\b/.test(from) || /\/views\//.test(from)
  if (file === 'index.ts') return undefined
  if (file === 'tables.ts') return mayReadTables ? undefined : 'only views and tables read another module’s tables'
  if (file === 'ports.ts' && typeOnly) return undefined
  return `${name} is used through its index`
}

const files = ['contract', 'server', 'web', 'emulators'].flatMap(sources)

describe('imports', () => {
  test('every import is one that the map allows', () => {
    const refused = files.flatMap(importsOf).flatMap((entry) => {
      const reason = objection(entry)
      return reason ? [`${entry.from} → ${entry.to}: ${reason}`] : []
    })
    expect(refused).toEqual([])
  })

  test.each([
    ['contract/a.ts', 'fastify'],
    ['web/desk/a.tsx', 'server/desk.ts'],
    ['emulators/a.ts', 'contract/money.ts'],
    ['server/platform/a.ts', 'server/modules/team/index.ts'],
    ['server/modules/team/a.ts', 'server/modules/inbox/index.ts'],
    ['server/modules/inbox/actions/a.ts', 'server/modules/billing/index.ts'],
    ['server/modules/inbox/actions/a.ts', 'server/modules/team/store.ts'],
    ['server/modules/inbox/rules/a.ts', 'node:crypto'],
    ['server/modules/billing/actions/a.ts', 'stripe'],
    ['server/channels/email/a.ts', 'server/modules/inbox/index.ts'],
    ['server/start.ts', 'server/main.ts'],
  ])('%s may not import %s', (from, to) => {
    expect(objection({ from, to, typeOnly: false })).toBeDefined()
  })
})

describe('rules', () => {
  test('are pure: no promise, clock, random or environment', () => {
    const impure = /\b(async|await|Promise|Math\.random|Temporal\.Now|process\.|fetch\()|\bnew Date\(\)|\bDate\.now\b/
    const found = files
      .filter((path) => /^server\/modules\/[a-z-]+\/rules\//.test(path) && !isTest(path))
      .filter((path) => impure.test(withoutComments(readFileSync(join(root, path), 'utf8'))))
    expect(found).toEqual([])
  })
})

describe('time and environment', () => {
  test('modules ask Desk for the time', () => {
    const found = files
      .filter((path) => path.startsWith('server/modules/') && !isTest(path))
      .filter((path) => /Temporal\.Now|Date\.now\(|new Date\(\)|\bnow\(\)(?=[^;]*`)/.test(sqlAndCode(path)))
    expect(found).toEqual([])
  })

  test('only config reads the environment', () => {
    const found = files
      .filter((path) => path.startsWith('server/') && path !== 'server/config.ts' && !isTest(path))
      .filter((path) => /process\.env\b/.test(readFileSync(join(root, path), 'utf8')))
    expect(found).toEqual([])
  })
})

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')
}

/** Code in which `desk.now()` and its kin are taken out, so that what is left of `now()` is SQL's. */
function sqlAndCode(path: string): string {
  return withoutComments(readFileSync(join(root, path), 'utf8')).replace(/\.now\(\)/g, '.time()')
}

describe('files', () => {
  test('are small: none over 400 lines, half of them at most 80', () => {
    const hand = files.filter((path) => !isTest(path))
    const lines = hand.map((path) => ({ path, n: readFileSync(join(root, path), 'utf8').split('\n').length }))
    expect(lines.filter(({ n }) => n > 400)).toEqual([])
    const sorted = lines.map(({ n }) => n).sort((a, b) => a - b)
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(80)
  })
})

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { parseSync } from 'oxc-parser'
import { coreMessages } from './core.ts'
import { en } from './en.ts'
import './rooms/sign-in.ts'
import { t } from './translate.ts'

const desk = join(import.meta.dirname, '..')
const sources = readdirSync(desk, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !name.startsWith('messages/en'))
  .map((name) => readFileSync(join(desk, name), 'utf8'))
  .join('\n')

test('a message fills its names, groups digits and picks its form', () => {
  expect(t('setup.title')).toBe('Set up this desk')
  expect(t('app.title', { page: 'Inbox', company: 'Acme' })).toBe('Inbox · Acme')
  expect(t('password.tooShort', { count: 1 })).toBe('1 more character')
  expect(t('password.tooShort', { count: 1200 })).toBe('1,200 more characters')
})

test('every message is used, by its whole key or by a key composed in the source', () => {
  const composed = [...sources.matchAll(/`([\w.]+\.)\$\{/g)].map((match) => match[1] ?? '')
  const unused = Object.keys(en).filter(
    (key) => !sources.includes(`'${key}'`) && !composed.some((prefix) => key.startsWith(prefix)),
  )
  expect(unused).toEqual([])
})

test('no message shouts or trails off', () => {
  const forms = Object.entries(en).flatMap(([key, message]) =>
    typeof message === 'string'
      ? [[key, message]]
      : [
          [key, message.one],
          [key, message.other],
        ],
  )
  expect(forms.filter(([, text]) => /!|\.\.\.|lorem|TODO/i.test(text ?? ''))).toEqual([])
})

test('whatever is loaded on its own brings the texts of its rooms', () => {
  const files = new Map(
    readdirSync(desk, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !/\.test\.ts$|^messages\/(en|core|translate)/.test(name))
      .map((name) => [join(desk, name), readSource(join(desk, name))]),
  )
  const whole = (entry: string, seen = new Set<string>()): Set<string> => {
    if (seen.has(entry) || !files.has(entry)) return seen
    seen.add(entry)
    for (const next of files.get(entry)?.imports ?? []) whole(next, seen)
    return seen
  }
  const main = join(desk, 'main.tsx')
  const entries = [main, ...[...files.values()].flatMap(({ loads }) => loads)]
  const missing = entries.flatMap((entry) => {
    const loaded = [...whole(entry)]
    const brought = loaded.filter((file) => file.includes('/messages/rooms/'))
    const texts = new Set([...Object.keys(coreMessages), ...brought.flatMap((file) => keysOf(file))])
    return loaded.flatMap((file) =>
      (files.get(file)?.keys ?? []).filter((key) => !texts.has(key)).map((key) => `${file}: ${key} from ${entry}`),
    )
  })
  expect(missing).toEqual([])
})

/** Of one file: the message keys it names, what it imports, and what it loads later. */
function readSource(file: string): { keys: string[]; imports: string[]; loads: string[] } {
  const text = readFileSync(file, 'utf8')
  const { module } = parseSync(file, text)
  const path = (specifier: string) => join(dirname(file), specifier)
  const composed = [...text.matchAll(/`([\w.]+\.)\$\{/g)].map((match) => match[1] ?? '')
  return {
    keys: Object.keys(en).filter((key) => text.includes(`'${key}'`) || composed.some((start) => key.startsWith(start))),
    imports: module.staticImports
      .filter(({ entries }) => entries.length === 0 || entries.some(({ isType }) => !isType))
      .map(({ moduleRequest }) => path(moduleRequest.value)),
    loads: module.dynamicImports.map(({ moduleRequest: { start, end } }) => path(text.slice(start + 1, end - 1))),
  }
}

/** The keys of the catalogues that a room's file adds. */
function keysOf(room: string): string[] {
  return readSource(room).imports.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/^ {2}'([\w.]+)':/gm)].map((match) => match[1] ?? ''),
  )
}

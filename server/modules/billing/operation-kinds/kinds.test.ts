import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { operationKinds as named } from '#contract/refunds.ts'
import { operationKinds } from './kinds.ts'

it('has one file for each kind, named after it, and no file with a kind that is not in the list', async () => {
  const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  const found: [string, unknown][] = []
  for (const file of files) {
    const exported = (await import(join(import.meta.dirname, file))) as Record<string, unknown>
    for (const value of Object.values(exported)) if (isKind(value)) found.push([file, value])
  }
  const listed = named.map((kind): [string, unknown] => [`${kind.replaceAll('_', '-')}.ts`, operationKinds[kind]])
  const byFile = (list: [string, unknown][]) => list.sort(([a], [b]) => a.localeCompare(b))
  expect(byFile(found).map(([file]) => file)).toEqual(byFile(listed).map(([file]) => file))
  for (const [index, [file, kind]] of byFile(found).entries()) expect(kind, file).toBe(listed[index]?.[1])
})

/** What several kinds share is not one. */
function isKind(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'check' in value && 'verify' in value
}

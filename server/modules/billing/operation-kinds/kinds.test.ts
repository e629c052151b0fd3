import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { operationKinds as named } from '#contract/refunds.ts'
import { operationKinds } from './kinds.ts'

/** The list, and the shape of its entries. */
const others = ['kinds.ts', 'operation-kind.ts']

it('has one file for each kind, named after it, and no file that is not in the list', async () => {
  const files = readdirSync(import.meta.dirname).filter((name) => !others.includes(name) && !name.endsWith('.test.ts'))
  expect(files.sort()).toEqual(named.map((kind) => `${kind.replaceAll('_', '-')}.ts`).sort())
  expect(Object.keys(operationKinds).sort()).toEqual([...named].sort())
  for (const kind of named) {
    const file = (await import(join(import.meta.dirname, `${kind.replaceAll('_', '-')}.ts`))) as Record<string, unknown>
    const name = kind.replace(/_(\w)/g, (_all, letter: string) => letter.toUpperCase())
    expect(operationKinds[kind], kind).toBe(file[name])
  }
})

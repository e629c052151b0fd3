import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openStore } from './store.ts'

test('documents survive a store that was never closed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'store-'))
  try {
    const first = openStore(join(folder, 'a.sqlite'))
    first.put('customer', 'b', { id: 'b', plan: 'pro' })
    first.put('customer', 'a', { id: 'a', plan: 'pro' })
    first.put('customer', 'b', { id: 'b', plan: 'team' })
    const second = openStore(join(folder, 'a.sqlite'))
    expect(second.list('customer')).toEqual([
      { id: 'b', plan: 'team' },
      { id: 'a', plan: 'pro' },
    ])
    expect(second.by('customer', 'plan', 'pro')).toEqual([{ id: 'a', plan: 'pro' }])
    first.close()
    second.close()
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('a failed transaction leaves nothing, in memory or on disk, and a failed part leaves its outer one', () => {
  const folder = mkdtempSync(join(tmpdir(), 'store-'))
  const store = openStore(join(folder, 'a.sqlite'))
  store.put('x', '1', { n: 1 })
  expect(store.by('x', 'n', '1')).toHaveLength(1)
  expect(() =>
    store.transaction(() => {
      store.put('x', '1', { n: 2 })
      store.put('x', '2', { n: 2 })
      throw new Error('no')
    }),
  ).toThrow('no')
  expect(store.list('x')).toEqual([{ n: 1 }])
  expect(store.by('x', 'n', '1')).toEqual([{ n: 1 }])
  store.transaction(() => {
    store.put('x', '3', { n: 3 })
    expect(() =>
      store.transaction(() => {
        store.put('x', '3', { n: 4 })
        throw new Error('part')
      }),
    ).toThrow('part')
  })
  expect(store.list('x')).toEqual([{ n: 1 }, { n: 3 }])
  const again = openStore(join(folder, 'a.sqlite'))
  expect(again.list('x')).toEqual([{ n: 1 }, { n: 3 }])
  store.close()
  again.close()
  rmSync(folder, { recursive: true })
})

test('a document handed out cannot be changed behind the store', () => {
  const store = openStore()
  store.put('x', '1', { deep: { n: 1 } })
  const document = store.get<{ deep: { n: number } }>('x', '1')
  expect(() => {
    if (document) document.deep.n = 2
  }).toThrow(TypeError)
})

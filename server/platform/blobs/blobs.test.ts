import { mkdtemp, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { folderBlobs, type Blobs } from './blobs.ts'
import { goingPath } from './sweep-folder.ts'

const day = 24 * 60 * 60 * 1000
const nothing = () => Promise.resolve(new Set<string>())

let folder: string
let blobs: Blobs
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'blobs-'))
  blobs = folderBlobs(folder)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const pathOf = (hash: string) => join(folder, hash.slice(0, 2), hash)
const age = (path: string, ms: number) => utimes(path, new Date(Date.now() - ms), new Date(Date.now() - ms))
async function putOld(text: string): Promise<string> {
  const hash = await blobs.put(Buffer.from(text))
  await age(pathOf(hash), 2 * day)
  return hash
}
const isThere = (hash: string) =>
  blobs.get(hash).then(
    () => true,
    () => false,
  )

test('a sweep removes what nothing names, and leaves what is named or was put lately', async () => {
  const [gone, named] = [await putOld('gone'), await putOld('named')]
  const late = await blobs.put(Buffer.from('late'))
  expect(await blobs.sweep({ olderThan: day, inUse: () => Promise.resolve(new Set([named])) })).toBe(1)
  expect([await isThere(gone), await isThere(named), await isThere(late)]).toEqual([false, true, true])
})

test('content that is put again before, while or after a sweep looks at it stays', async () => {
  for (const moment of ['before it looks', 'while it is beside its place']) {
    const hash = await putOld(moment)
    let asked = 0
    const inUse = async () => {
      asked++
      if (asked === (moment === 'before it looks' ? 1 : 2)) expect(await blobs.put(Buffer.from(moment))).toBe(hash)
      return new Set<string>()
    }
    await blobs.sweep({ olderThan: day, inUse })
    expect(asked).toBe(2)
    expect((await blobs.get(hash)).toString()).toBe(moment)
  }
  const hash = await putOld('after')
  await blobs.sweep({ olderThan: day, inUse: nothing })
  await blobs.put(Buffer.from('after'))
  expect((await blobs.get(hash)).toString()).toBe('after')
})

test('content that is named while a sweep looks at it stays, and is readable all the time', async () => {
  const hash = await putOld('named meanwhile')
  let asked = 0
  const inUse = async () => {
    expect((await blobs.get(hash)).toString()).toBe('named meanwhile')
    return new Set(++asked === 2 ? [hash] : [])
  }
  expect(await blobs.sweep({ olderThan: day, inUse })).toBe(0)
  expect(await isThere(hash)).toBe(true)
})

test('a copy that was put while an old one lay beside its place keeps its date', async () => {
  const hash = await putOld('twice')
  await rename(pathOf(hash), goingPath(pathOf(hash)))
  await blobs.put(Buffer.from('twice'))
  expect(await blobs.sweep({ olderThan: day, inUse: nothing })).toBe(0)
  expect(await readdir(join(folder, hash.slice(0, 2)))).toEqual([hash])
})

test('what a death in the middle of a sweep left is put back when it is named, and half-written files go', async () => {
  const hash = await putOld('left')
  await rename(pathOf(hash), goingPath(pathOf(hash)))
  const half = `${pathOf(hash)}.8f14e45f-ceea-467f-a1d6-1d1d1d1d1d1d`
  await writeFile(half, 'half')
  await age(half, 2 * day)
  expect(await isThere(hash)).toBe(true)
  await blobs.sweep({ olderThan: day, inUse: () => Promise.resolve(new Set([hash])) })
  expect(await readdir(join(folder, hash.slice(0, 2)))).toEqual([hash])
})

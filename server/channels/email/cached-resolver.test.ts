import { expect, test } from 'vitest'
import { cachedResolver } from './cached-resolver.ts'

function counted(answer: (asked: number) => Promise<unknown>) {
  let asked = 0
  return { resolve: cachedResolver(() => answer(++asked)), asked: () => asked }
}

test('an answer is asked for once, also while it is under way and in any case of letters', async () => {
  const { resolve, asked } = counted(async () => [['v=spf1 -all']])
  const both = await Promise.all([resolve('acme.test', 'TXT'), resolve('ACME.test', 'TXT')])
  expect(both).toEqual([[['v=spf1 -all']], [['v=spf1 -all']]])
  expect(asked()).toBe(1)
  await resolve('acme.test', 'MX')
  expect(asked()).toBe(2)
})

test('that there is no record is an answer; a failure is asked again', async () => {
  const none = counted(async () => {
    throw Object.assign(new Error('none'), { code: 'ENOTFOUND' })
  })
  await expect(none.resolve('no.test', 'TXT')).rejects.toThrow('none')
  await expect(none.resolve('no.test', 'TXT')).rejects.toThrow('none')
  expect(none.asked()).toBe(1)
  const failing = counted(async (asked) => {
    if (asked === 1) throw Object.assign(new Error('timeout'), { code: 'ETIMEOUT' })
    return []
  })
  await expect(failing.resolve('slow.test', 'TXT')).rejects.toThrow('timeout')
  expect(await failing.resolve('slow.test', 'TXT')).toEqual([])
})

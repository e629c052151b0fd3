import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { freePort, isFree } from './free-port.ts'

const host = '127.0.0.1'

test('ports are free, below those of outgoing connections, and none is given twice', async () => {
  const ports = await Promise.all(Array.from({ length: 40 }, () => freePort(host)))
  expect(new Set(ports).size).toBe(40)
  for (const port of ports) {
    expect(port).toBeGreaterThanOrEqual(20_000)
    expect(port).toBeLessThan(32_000)
    expect(await isFree(port, host)).toBe(true)
  }
})

test('a port that is taken is passed over', async () => {
  const before = await freePort(host)
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(before + 1, host, resolve))
  expect(await isFree(before + 1, host)).toBe(false)
  expect(await freePort(host)).not.toBe(before + 1)
  await new Promise((resolve) => server.close(resolve))
})

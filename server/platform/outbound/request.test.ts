import dns from 'node:dns'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { isPublicAddress } from './public-address.ts'
import { objectionTo, outboundRequest } from './request.ts'

let heard = 0
const server = http.createServer((request, response) => {
  heard++
  if (request.url === '/moved') response.writeHead(302, { location: '/elsewhere' }).end()
  else if (request.url === '/endless') {
    response.writeHead(200)
    response.end('x'.repeat(300 * 1024))
  } else if (request.url !== '/silent') response.end('{"status":"done"}')
})
let origin = ''
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
afterEach(() => vi.restoreAllMocks())

const call = (url: string, allowed: string[] = []) =>
  outboundRequest({ method: 'POST', url, headers: {}, body: '{}', timeoutMs: 300, allowed })

test.each([
  '127.0.0.1',
  '10.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::1',
  '::',
  'fe80::1',
  'fc00::1',
  'fd12::1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '64:ff9b::a00:1',
  '2002:7f00:1::',
  '2001::1',
  '2001:db8::1',
  'ff02::1',
  'not an address',
])('%s is not the open internet', (address) => {
  expect(isPublicAddress(address)).toBe(false)
})

test.each(['1.1.1.1', '93.184.216.34', '172.32.0.1', '2606:4700::1111', '2a00:1450:4001:81b::200e'])(
  '%s is',
  (address) => {
    expect(isPublicAddress(address)).toBe(true)
  },
)

test('an address is judged by its text: scheme, private hosts in every spelling, credentials', () => {
  for (const url of [
    'http://example.com/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://[::ffff:7f00:1]/',
    'https://printer.local/',
    'https://LOCALHOST./',
    'https://db.internal/',
    'https://a:b@example.com/',
    'nonsense',
  ])
    expect(objectionTo(url, []), url).toBeDefined()
  expect(objectionTo('https://example.com/act', [])).toBeUndefined()
  expect(objectionTo(`${origin}/act`, [origin])).toBeUndefined()
  expect(objectionTo(`${origin}1/act`, [origin])).toBeDefined()
})

test('a name that means a private address when the connection is made is refused then, and nothing is sent', async () => {
  const { port } = new URL(origin)
  const resolving = vi.spyOn(dns, 'lookup') as unknown as ReturnType<typeof vi.fn>
  for (const addresses of [
    [{ address: '127.0.0.1', family: 4 }],
    [
      { address: '93.184.216.34', family: 4 },
      { address: '::1', family: 6 },
    ],
  ]) {
    resolving.mockImplementation((_host: string, _options: object, done: (error: null, all: object[]) => void) =>
      done(null, addresses),
    )
    const before = heard
    expect(await call(`https://product.example:${port}/act`)).toMatchObject({
      ok: false,
      reason: 'refused',
      sent: false,
    })
    expect(heard).toBe(before)
  }
})

test('the emulated origin may be called, redirections are not followed, silence and floods end', async () => {
  expect(await call(`${origin}/act`, [origin])).toMatchObject({ ok: true, status: 200, body: '{"status":"done"}' })
  const before = heard
  expect(await call(`${origin}/moved`, [origin])).toMatchObject({ ok: true, status: 302 })
  expect(heard).toBe(before + 1)
  expect(await call(`${origin}/silent`, [origin])).toMatchObject({ ok: false, reason: 'timeout' })
  expect(await call(`${origin}/endless`, [origin])).toMatchObject({ ok: false, reason: 'too_long' })
  expect(await call(`${origin}/act`)).toMatchObject({ ok: false, reason: 'refused', sent: false })
})

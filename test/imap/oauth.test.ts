import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSecret, storedAccess } from '#modules/inbox/feeds/feed-secret.ts'
import { requireFeed } from '#modules/inbox/store/feeds.ts'
import { createFeedWorld, type FeedWorld } from './feed-world.ts'

let t: FeedWorld
let server: Server
let tokenUrl = ''
const asked: URLSearchParams[] = []
let answer: { status: number; body: unknown } = { status: 200, body: {} }

beforeAll(async () => {
  t = await createFeedWorld()
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += chunk))
    request.on('end', () => {
      asked.push(new URLSearchParams(body))
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  tokenUrl = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/token`
  await t.connect(
    { host: '127.0.0.1', port: 1, user: 'support@desk.test', password: '' },
    { auth: { kind: 'oauth2', tokenUrl, clientId: 'the client', clientSecret: 'its secret', refreshToken: 'first' } },
  )
})
afterAll(async () => {
  server.close()
  await t.close()
})

const feed = () => requireFeed(t.desk(), t.mailboxId)

test('a refresh token is traded for an access token, and the one that replaces it is kept', async () => {
  answer = { status: 200, body: { access_token: 'in', expires_in: 3600, refresh_token: 'second' } }
  const { access, until } = await storedAccess(t.desk(), await feed())
  expect(access.secret).toEqual({ kind: 'token', accessToken: 'in' })
  expect(until?.since(t.clock.now()).total('minutes')).toBe(59)
  expect(Object.fromEntries(asked[0] ?? [])).toEqual({
    grant_type: 'refresh_token',
    refresh_token: 'first',
    client_id: 'the client',
    client_secret: 'its secret',
  })
  expect(openSecret(t.desk(), (await feed()).secret)).toEqual({ clientSecret: 'its secret', refreshToken: 'second' })
  await storedAccess(t.desk(), await feed())
  expect(asked[1]?.get('refresh_token')).toBe('second')
})

test('a withdrawn consent is told in words and not hammered at; a server in trouble is asked again', async () => {
  answer = { status: 400, body: { error: 'invalid_grant', error_description: 'The consent was withdrawn' } }
  const refused = storedAccess(t.desk(), await feed())
  await expect(refused).rejects.toMatchObject({
    retryable: false,
    message: expect.stringMatching(/consent was withdrawn/) as string,
  })
  answer = { status: 503, body: 'down' }
  await expect(storedAccess(t.desk(), await feed())).rejects.toMatchObject({ retryable: true })
})

import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasDovecot, startDovecot, withoutDovecot, type Dovecot } from './dovecot.ts'
import { createFeedWorld, storedMail, type FeedWorld } from './feed-world.ts'

if (!hasDovecot) console.log(withoutDovecot)

describe.skipIf(!hasDovecot)('a mailbox behind encryption and tokens', () => {
  let identity: Server
  let identityUrl = ''
  const good = 'a token'
  let dovecot: Dovecot
  let t: FeedWorld

  beforeAll(async () => {
    identity = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk) => (body += chunk))
      request.on('end', () => {
        const fields = new URLSearchParams(body)
        const answer =
          request.url === '/token'
            ? { access_token: good, expires_in: 3600 }
            : { active: fields.get('token') === good, email: dovecot.user }
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
      })
    })
    await new Promise<void>((resolve) => identity.listen(0, '127.0.0.1', resolve))
    const address = identity.address()
    identityUrl = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
    dovecot = await startDovecot(`${identityUrl}/introspect`)
    t = await createFeedWorld()
  })
  afterAll(async () => {
    await t?.close()
    await dovecot?.remove()
    identity?.close()
  })

  const byToken = () => ({
    kind: 'oauth2' as const,
    tokenUrl: `${identityUrl}/token`,
    clientId: 'desk',
    clientSecret: 'its secret',
    refreshToken: 'a refresh token',
  })

  test.each(['tls', 'starttls'] as const)(
    'read by %s, and not where nobody vouches for the certificate',
    async (security) => {
      const port = security === 'tls' ? dovecot.tlsPort : dovecot.port
      await t.connect({ ...dovecot, port }, { security, verifyCertificate: true })
      await expect(t.read()).rejects.toThrow(/certificate/i)
      await t.connect({ ...dovecot, port }, { security, verifyCertificate: false })
      await t.read()
      await dovecot.append('INBOX', storedMail(`by-${security}`))
      await t.read()
      expect((await t.messages()).map(({ provider_id: id }) => id)).toContain(`by-${security}@customer.test`)
    },
  )

  test('read with an access token, and refused in words when it is no longer good', async () => {
    await t.connect(dovecot, { auth: byToken(), security: 'tls', port: dovecot.tlsPort, verifyCertificate: false })
    await t.read()
    await dovecot.append('INBOX', storedMail('by-token'))
    await t.read()
    expect((await t.messages()).map(({ provider_id: id }) => id)).toContain('by-token@customer.test')
    const access = { host: dovecot.host, port: dovecot.tlsPort, security: 'tls' as const, user: dovecot.user }
    const stale = { kind: 'token' as const, accessToken: 'an old token' }
    await expect(
      t.world.ports.mailStore.connect({ ...access, verifyCertificate: false, secret: stale }),
    ).rejects.toThrow(/refused|password|sign/i)
  })
})

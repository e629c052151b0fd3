import { expect, test } from 'vitest'
import { StartError } from '#platform/start-error.ts'
import { parseConfig } from './config.ts'

const key = 'k'.repeat(32)

test('everything has a default', () => {
  expect(parseConfig({})).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    supportAddress: 'support@localhost',
    dataDir: `${process.cwd()}/.data`,
    databaseUrl: undefined,
    roles: ['web', 'worker'],
    publicUrl: 'http://127.0.0.1:3000',
    smtpInPort: 2525,
    blobDir: `${process.cwd()}/.data/blobs`,
    emulatorsPort: 3100,
    emulatorsSmtpPort: 2526,
    logLevel: 'info',
    empty: false,
  })
})

test('values are parsed, an empty variable counts as unset', () => {
  const config = parseConfig(
    {
      PORT: '0',
      HOST: '0.0.0.0',
      ROLES: 'worker, worker',
      PUBLIC_URL: 'https://desk.example.com/',
      DATABASE_URL: 'postgres://u:p@db.example.com/desk',
      SECRET_KEY: key,
      SMTP_URL: '  ',
      STRIPE_SECRET_KEY: 'sk_live_1',
      STRIPE_WEBHOOK_SECRET: 'whsec_1',
      BLOB_URL: 'file:///srv/blobs',
    },
    ['--empty'],
  )
  expect(config).toMatchObject({
    port: 0,
    roles: ['worker'],
    publicUrl: 'https://desk.example.com',
    smtpUrl: undefined,
    blobDir: '/srv/blobs',
    empty: true,
  })
})

test('an IPv6 host is bracketed in the address', () => {
  expect(parseConfig({ HOST: '::1' }).publicUrl).toBe('http://[::1]:3000')
})

const refused: [name: string, env: Record<string, string>, args?: string[]][] = [
  ['PORT', { PORT: 'eighty' }],
  ['PORT', { PORT: '70000' }],
  ['PORT', { PORT: '-1' }],
  ['SMTP_IN_PORT', { SMTP_IN_PORT: '25.5' }],
  ['EMULATORS_PORT', { EMULATORS_PORT: 'x' }],
  ['EMULATORS_SMTP_PORT', { EMULATORS_SMTP_PORT: 'x' }],
  ['HOST', { HOST: 'a b' }],
  ['SUPPORT_ADDRESS', { SUPPORT_ADDRESS: 'support' }],
  ['DATABASE_URL', { DATABASE_URL: 'mysql://db/desk', SECRET_KEY: key }],
  ['ROLES', { ROLES: 'web,cook' }],
  ['PUBLIC_URL', { PUBLIC_URL: 'desk.example.com' }],
  ['PUBLIC_URL', { PUBLIC_URL: 'https://example.com/desk' }],
  ['ADMIN_API_KEY', { ADMIN_API_KEY: 'short' }],
  ['ADMIN_API_KEY', { ADMIN_API_KEY: `${key} ` + key }],
  ['SECRET_KEY', { SECRET_KEY: 'short' }],
  ['SECRET_KEY', { DATABASE_URL: 'postgres://db/desk' }],
  ['SMTP_URL', { SMTP_URL: 'http://mail' }],
  ['IMAP_URL', { IMAP_URL: 'mail.example.com' }],
  ['STRIPE_SECRET_KEY', { STRIPE_SECRET_KEY: 'pk_test_1' }],
  ['STRIPE_WEBHOOK_SECRET', { STRIPE_WEBHOOK_SECRET: 'secret' }],
  ['STRIPE_WEBHOOK_SECRET', { STRIPE_SECRET_KEY: 'sk_live_1' }],
  ['STRIPE_WEBHOOK_SECRET', { STRIPE_SECRET_KEY: 'rk_live_1' }],
  ['STRIPE_API_BASE', { STRIPE_API_BASE: 'stripe' }],
  ['BLOB_URL', { BLOB_URL: 's3://bucket' }],
  ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
  ['HOST', { HOST: '0.0.0.0' }],
  ['EMULATORS_PORT', { PORT: '3100' }],
  ['--demo', {}, ['--demo']],
]

test.each(refused)('%s is refused in one sentence: %j', (name, env, args) => {
  const attempt = () => parseConfig(env, args)
  expect(attempt).toThrow(StartError)
  expect(attempt).toThrow(new RegExp(`^[^\\n]*${name}[^\\n]*\\.$`))
})

test('a refused secret is not repeated', () => {
  expect(() => parseConfig({ STRIPE_SECRET_KEY: 'pk_live_abc' })).not.toThrow(/abc/)
})

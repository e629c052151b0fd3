import { isLiveKey } from '#contract/stripe-account-id.ts'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import { StartError } from '#platform/start-error.ts'

export type Role = 'web' | 'worker'
export type Config = ReturnType<typeof parseConfig>

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

const port = (initial: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a port, a whole number from 0 to 65535')
    .transform(Number)
    .refine((value) => value <= 65535, 'must be a port, a whole number from 0 to 65535')
    .default(initial)

const url = (protocols: string[], example: string) =>
  z
    .string()
    .refine((value) => protocols.includes(URL.parse(value)?.protocol ?? ''), `must be an address such as ${example}`)

const web = (example: string) => url(['http:', 'https:'], example).transform((value) => value.replace(/\/+$/, ''))

const Environment = z.object({
  PORT: port(3000),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'must be an address of this machine such as 127.0.0.1')
    .default('127.0.0.1'),
  SUPPORT_ADDRESS: z
    .string()
    .regex(/^[^\s@<>"]+@[^\s@<>"]+$/, 'must be an e-mail address such as support@example.com')
    .default('support@localhost'),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: url(['postgres:', 'postgresql:'], 'postgres://user:password@host:5432/database').optional(),
  ROLES: z
    .string()
    .transform((value) => [...new Set(value.split(',').map((role) => role.trim()))])
    .pipe(z.array(z.enum(['web', 'worker']), 'must be "web", "worker" or "web,worker"'))
    .default(['web', 'worker']),
  PUBLIC_URL: web('https://desk.example.com')
    .refine((value) => URL.parse(value)?.pathname === '/', 'must be an address without a path')
    .optional(),
  ADMIN_API_KEY: z
    .string()
    .regex(/^[\x21-\x7e]{32,}$/, 'must be at least 32 printable characters without spaces')
    .optional(),
  SECRET_KEY: z.string().min(32, 'must be at least 32 characters').optional(),
  SMTP_IN_PORT: port(2525),
  SMTP_URL: url(['smtp:', 'smtps:'], 'smtps://user:password@smtp.example.com:465').optional(),
  IMAP_URL: url(['imap:', 'imaps:'], 'imaps://user:password@imap.example.com:993').optional(),
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^(sk|rk)_(test|live)_\w+$/, 'must be a Stripe secret key (sk_test_…, sk_live_…, rk_test_… or rk_live_…)')
    .optional(),
  STRIPE_WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_\S+$/, 'must be a Stripe signing secret (whsec_…)')
    .optional(),
  STRIPE_API_BASE: web('https://api.stripe.com').optional(),
  BLOB_URL: z
    .string()
    .refine((value) => !/^(?!file:)[a-z][a-z0-9+.-]+:\/\//i.test(value), 'must be a folder, as a path or a file:// URL')
    .optional(),
  EMULATORS_PORT: port(3100),
  EMULATORS_SMTP_PORT: port(2526),
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info'),
  // For tests only: where to die, and whether to check our own answers against the contract.
  MAINSTAY_FAILPOINT: z.string().optional(),
  MAINSTAY_CHECK_RESULTS: z.enum(['0', '1'], 'must be 0 or 1').default('0'),
})

type Environment = z.infer<typeof Environment>

/** Reads and checks every setting, or throws a StartError whose one sentence names the variable. `args` are the words
 * after `npm start --`. An empty variable counts as unset. */
export function parseConfig(env: Record<string, string | undefined>, args: string[] = []) {
  const stray = args.find((arg) => arg !== '--empty')
  if (stray !== undefined) throw new StartError(`Unknown option "${stray}"; the only one is --empty.`)
  const values = parseEnvironment(env)
  const empty = args.includes('--empty')
  refuseCombinations(values, empty)
  const dataDir = resolve(values.DATA_DIR)
  return {
    port: values.PORT,
    host: values.HOST,
    supportAddress: values.SUPPORT_ADDRESS,
    dataDir,
    databaseUrl: values.DATABASE_URL,
    roles: values.ROLES satisfies Role[],
    /** No trailing slash. With PORT=0 and no PUBLIC_URL it ends in :0 until the port is known. */
    publicUrl: values.PUBLIC_URL ?? `http://${inUrl(values.HOST)}:${values.PORT}`,
    adminApiKey: values.ADMIN_API_KEY,
    secretKey: values.SECRET_KEY,
    smtpInPort: values.SMTP_IN_PORT,
    smtpUrl: values.SMTP_URL,
    imapUrl: values.IMAP_URL,
    stripeSecretKey: values.STRIPE_SECRET_KEY,
    stripeWebhookSecret: values.STRIPE_WEBHOOK_SECRET,
    stripeApiBase: values.STRIPE_API_BASE,
    blobDir: blobDir(values.BLOB_URL, dataDir),
    emulatorsPort: values.EMULATORS_PORT,
    emulatorsSmtpPort: values.EMULATORS_SMTP_PORT,
    logLevel: values.LOG_LEVEL,
    failpoint: values.MAINSTAY_FAILPOINT,
    checkResults: values.MAINSTAY_CHECK_RESULTS === '1',
    empty,
  }
}

/** The configuration of this process: the only place that reads the environment and the arguments. */
export function loadConfig(args: string[] = process.argv.slice(2)): Config {
  return parseConfig(process.env, args)
}

function parseEnvironment(env: Record<string, string | undefined>): Environment {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()))
  const parsed = Environment.safeParse(set)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new StartError(`${String(issue?.path[0])} ${issue?.message}.`)
}

function refuseCombinations(values: Environment, empty: boolean): void {
  if (values.DATABASE_URL && !values.SECRET_KEY) {
    throw new StartError('SECRET_KEY must be set (at least 32 characters) when DATABASE_URL is.')
  }
  if (isLiveKey(values.STRIPE_SECRET_KEY ?? '') && !values.STRIPE_WEBHOOK_SECRET) {
    throw new StartError('STRIPE_WEBHOOK_SECRET must be set when STRIPE_SECRET_KEY is a live key.')
  }
  if (!empty && !isLoopback(values.HOST)) {
    throw new StartError(
      `HOST=${values.HOST} would show the demo to the network; start with "npm start -- --empty" or keep HOST at 127.0.0.1.`,
    )
  }
  refuseSharedPort(values)
}

const portNames = ['PORT', 'SMTP_IN_PORT', 'EMULATORS_PORT', 'EMULATORS_SMTP_PORT'] as const

function refuseSharedPort(values: Environment): void {
  for (const [index, name] of portNames.entries()) {
    const other = portNames.slice(index + 1).find((later) => values[later] === values[name])
    if (other && values[name] !== 0) throw new StartError(`${name} and ${other} must not both be ${values[name]}.`)
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}

function inUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

function blobDir(blobUrl: string | undefined, dataDir: string): string {
  if (!blobUrl) return resolve(dataDir, 'blobs')
  return resolve(blobUrl.startsWith('file:') ? fileURLToPath(blobUrl) : blobUrl)
}

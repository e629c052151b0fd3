import { join } from 'node:path'
import { isLiveKey } from '#contract/stripe-account-id.ts'
import { createProduct } from './adapters/product/product.ts'
import { createPayments } from './adapters/stripe/payments.ts'
import { createMailStore } from './channels/email/imap/mail-store.ts'
import { createMailPort } from './channels/email/mail-port.ts'
import { parseSmtpUrl } from './channels/email/smtp/target.ts'
import type { Config } from './config.ts'
import { dnsOverHttp } from './dns-over-http.ts'
import { emulatedCounterparts, emulatedDnsUrl, emulatorsUrl } from './emulated.ts'
import type { Connection } from '#platform/db.ts'
import type { Ports } from './ports.ts'
import { createReadTurn } from '#modules/billing/index.ts'
import { hiddenSecret, sendNotice, ticketNumbers, ticketRequester } from '#modules/inbox/index.ts'

/** The real counterparts where they are configured, the emulated ones elsewhere. Both are spoken to in the same way. */
export function createPorts(config: Config, pool: Connection): Ports {
  return {
    mail: mailOf(config),
    mailStore: createMailStore(),
    ...stripeOf(config, pool),
    product: createProduct(emulatedCounterparts(config).length > 0 ? [emulatorsUrl(config)] : []),
    imports: { folder: join(config.dataDir, 'import') },
    requesters: { ofTicket: ticketRequester, numbers: ticketNumbers },
    notices: { send: sendNotice, hidden: hiddenSecret },
  }
}

function mailOf(config: Config): Ports['mail'] {
  const isEmulated = emulatedCounterparts(config).includes('mail')
  return createMailPort({
    target: config.smtpUrl
      ? parseSmtpUrl(config.smtpUrl)
      : { host: '127.0.0.1', port: config.emulatorsSmtpPort, secure: false },
    ...(isEmulated ? { resolver: dnsOverHttp(emulatedDnsUrl(config)) } : {}),
  })
}

function stripeOf(config: Config, pool: Connection): Pick<Ports, 'payments' | 'connectPayments'> {
  const isEmulated = emulatedCounterparts(config).includes('stripe')
  const secretKey = config.stripeSecretKey ?? 'sk_test_emulated'
  const webhookUrl = `${config.publicUrl}/hooks/stripe`
  const mode = isEmulated ? 'emulated' : isLiveKey(secretKey) ? 'live' : 'test'
  const base = config.stripeApiBase ?? (isEmulated ? `${emulatorsUrl(config)}/stripe` : undefined)
  const connectPayments: Ports['connectPayments'] = (settings) =>
    createPayments({ ...settings, base, turn: createReadTurn(pool, settings) })
  const payments = connectPayments({
    account: mode,
    mode,
    secretKey,
    webhooks: config.stripeWebhookSecret
      ? { secret: config.stripeWebhookSecret }
      : isEmulated
        ? { registerAt: webhookUrl }
        : null,
  })
  return { payments, connectPayments }
}

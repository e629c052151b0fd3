import type { Config } from './config.ts'
import type { Desk } from './desk.ts'
import type { Prepared } from './announce.ts'
import { prepareDemo } from './start-demo.ts'
import { ensureBilling } from '#modules/billing/index.ts'
import { ensureFeed, ensureMailbox } from '#modules/inbox/index.ts'
import { parseImapUrl } from './channels/email/imap/parse-imap-url.ts'
import { ensureBootKey, ensureDefaults, ensureSetupLink, getSettings } from '#modules/team/index.ts'

/** What every desk has before it serves anybody: a team, settings, a calendar, a mailbox, a way in. Safe at every start. */
export async function prepareDesk(desk: Desk, config: Config): Promise<Prepared> {
  await ensureDefaults(desk)
  await ensureBootKey(desk, config.adminApiKey)
  const { companyName } = await getSettings(desk)
  await ensureMailbox(desk, config.supportAddress, `${companyName} Support`)
  if (config.imapUrl) await ensureFeed(desk, config.supportAddress, parseImapUrl(config.imapUrl))
  // Before the set-up link, which is for a desk that has no admin.
  const signIns = await prepareDemo(desk, config)
  await ensureBilling(desk)
  return { setupUrl: await ensureSetupLink(desk), signIns }
}

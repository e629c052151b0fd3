import { Tooltip } from '@mantine/core'
import {
  IconAlertTriangle,
  IconInfoCircle,
  IconRobot,
  IconShieldCheck,
  IconShieldQuestion,
  IconShieldX,
  type Icon,
} from '@tabler/icons-react'
import type { Message } from '#contract/inbox.ts'
import { t } from '../../messages/translate.ts'
import type { Tone } from '../../tokens.ts'
import { StatusBadge } from '../../ui/status-badge.tsx'

type Auth = NonNullable<Message['auth']>
type Trust = { tone: Tone; icon: Icon; word: string }

const flagIcons: Partial<Record<Message['flags'][number], Icon>> = { auto_reply: IconRobot, list: IconRobot }

/** What is known about a sender, in words beside the name; how the mail's proofs turned out on hover and focus. */
export function TrustFlags({ message }: { message: Message }) {
  const { kind, auth, flags } = message
  const trust = kind === 'inbound' && message.channel === 'email' ? trustOf(message) : null
  // That the sender is forged is said once, with the domain it pretends to be; that it was forwarded once, with the name.
  const shown = flags.filter(
    (flag) =>
      !(flag === 'spoofed' && auth?.dmarc === 'fail') && !(flag === 'forwarded' && message.mail?.forwardedBy != null),
  )
  return (
    <>
      {trust && (
        <Tooltip label={<AuthWords auth={auth} />}>
          <span tabIndex={0} style={{ display: 'inline-flex', borderRadius: 4 }}>
            <StatusBadge tone={trust.tone} quiet={trust.tone === 'done'} icon={trust.icon}>
              {trust.word}
            </StatusBadge>
          </span>
        </Tooltip>
      )}
      {shown.map((flag) => (
        <Tooltip key={flag} label={hintOf(flag, message)}>
          <span tabIndex={0} style={{ display: 'inline-flex', borderRadius: 4 }}>
            <StatusBadge
              tone={alarming.has(flag) ? 'danger' : 'neutral'}
              icon={flagIcons[flag] ?? (alarming.has(flag) ? IconAlertTriangle : IconInfoCircle)}
            >
              {flag === 'auto_reply' && message.absence?.until
                ? t('message.awayUntil', { date: awayDay(message.absence.until) })
                : t(`message.flag.${flag}`)}
            </StatusBadge>
          </span>
        </Tooltip>
      ))}
    </>
  )
}

const alarming = new Set<Message['flags'][number]>([
  'reused_message_id',
  'bounce',
  'complaint',
  'spoofed',
  'unproven_agent',
  'unproven_forward',
  'name_trick',
])

function hintOf(flag: Message['flags'][number], { mail }: Message): string {
  return (flag === 'name_trick' ? mail?.nameTrick : undefined) ?? t(`message.flagHint.${flag}`)
}

function trustOf({ auth, mail, from }: Message): Trust {
  if (mail?.forwardedBy)
    return { tone: 'neutral', icon: IconShieldQuestion, word: t('trust.forwardedBy', { name: mail.forwardedBy.name }) }
  const domain = auth?.domain ?? from?.email.split('@').at(-1) ?? ''
  if (!auth) return { tone: 'neutral', icon: IconShieldQuestion, word: t('trust.unchecked') }
  if (auth.dmarc === 'pass' || (auth.dmarc === 'none' && auth.aligned))
    return { tone: 'done', icon: IconShieldCheck, word: t('trust.verified', { domain }) }
  if (auth.dmarc === 'fail') return { tone: 'danger', icon: IconShieldX, word: t('trust.forged', { domain }) }
  return { tone: 'warn', icon: IconShieldQuestion, word: t('trust.notVerified', { why: whyNot(auth, domain) }) }
}

function whyNot(auth: Auth, domain: string): string {
  if (auth.dmarc !== 'none') return t('trust.why.unknown')
  const proven = auth.spf === 'pass' || auth.dkim === 'pass'
  return t(proven ? 'trust.why.unaligned' : 'trust.why.unsigned', { domain })
}

function AuthWords({ auth }: { auth: Auth | null }) {
  if (!auth) return t('trust.uncheckedHint')
  return (
    <>
      <div>{t('trust.line', { what: 'SPF', verdict: t(`trust.spf.${coarse(auth.spf)}`) })}</div>
      <div>{t('trust.line', { what: 'DKIM', verdict: t(`trust.dkim.${coarse(auth.dkim)}`) })}</div>
      <div>{t('trust.line', { what: 'DMARC', verdict: t(`trust.dmarc.${coarse(auth.dmarc)}`) })}</div>
    </>
  )
}

function coarse(verdict: Auth['spf']): 'pass' | 'fail' | 'none' | 'unknown' {
  if (verdict === 'pass') return 'pass'
  if (verdict === 'fail' || verdict === 'softfail') return 'fail'
  return verdict === 'none' || verdict === 'neutral' ? 'none' : 'unknown'
}

function awayDay(date: string): string {
  const day = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const
  return new Intl.DateTimeFormat('en-GB', day).format(Date.parse(date))
}

import { IconAlertTriangle, IconBan, IconMailOff, IconMoodSad, type Icon } from '@tabler/icons-react'
import type { AddressFacts } from '#contract/addresses.ts'
import { t } from '../messages/translate.ts'
import type { Tone } from '../tokens.ts'

type Look = { tone: Tone; icon: Icon; word: string; reason: string | null }

const looks = {
  soft: { tone: 'warn', icon: IconAlertTriangle },
  blocked: { tone: 'warn', icon: IconBan },
  hard: { tone: 'danger', icon: IconMailOff },
  complained: { tone: 'danger', icon: IconMoodSad },
} as const

/** What speaks against an address, in words; null when nothing does. */
export function addressLook({ state, reason, unsubscribedAt }: AddressFacts): Look | null {
  if (state !== 'ok')
    return { ...looks[state], word: t(`address.state.${state}`), reason: reason && t(`address.reason.${reason}`) }
  if (unsubscribedAt === null) return null
  return {
    tone: 'neutral',
    icon: IconMailOff,
    word: t('address.unsubscribed'),
    reason: t('address.reason.unsubscribed'),
  }
}

/** A day as people say it: "3 Dec", with the year when it is another one. */
export function dayWords(date: string, now: number): string {
  const year = date.slice(0, 4) === new Date(now).toISOString().slice(0, 4) ? {} : ({ year: 'numeric' } as const)
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC', ...year }).format(
    Date.parse(date),
  )
}

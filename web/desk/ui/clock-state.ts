import type { Tone } from '../tokens.ts'
import { t } from '../messages/translate.ts'
import { duration } from './time-words.ts'

export type ClockState = 'running' | 'paused' | 'fulfilled' | 'breached' | 'cancelled'

/**
 * What a clock chip shows: its short text, its whole sentence and its colour. Red once late, amber with less than a quarter of
 * the target left (half an hour when the target's length is not known), plain before that.
 */
export function clockLook(
  state: ClockState,
  dueAt: string | null,
  now: number,
  targetMs = 2 * 3_600_000,
): { tone: Tone; text: string; sentence: string } {
  if (state === 'paused') return { tone: 'customer', text: t('ui.clockPaused'), sentence: t('ui.clockPaused') }
  if (state === 'fulfilled') return { tone: 'done', text: t('ui.clockMet'), sentence: t('ui.clockMet') }
  if (state === 'cancelled' || !dueAt) return { tone: 'neutral', text: '–', sentence: '–' }
  const left = Date.parse(dueAt) - now
  const text = duration(Math.abs(left))
  if (left <= 0 || state === 'breached')
    return { tone: 'danger', text: `−${text}`, sentence: t('ui.clockLate', { duration: text }) }
  const soon = left < targetMs / 4
  return { tone: soon ? 'warn' : 'neutral', text, sentence: t('ui.clockLeft', { duration: text }) }
}

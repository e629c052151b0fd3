import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconClock,
  type Icon,
  IconHelpTriangle,
  IconHourglass,
  IconUserQuestion,
} from '@tabler/icons-react'
import type { Operation } from '#contract/billing.ts'
import { formatMoney } from '#contract/money-text.ts'
import { t, type PlainKey } from '../../messages/translate.ts'
import type { Tone } from '../../tokens.ts'

type Look = { tone: Tone; icon: Icon; label: PlainKey }

/** Colour, mark and word of every state of an operation. Violet waits on Stripe, amber on a colleague. */
export const operationLooks: Record<Operation['state'], Look> = {
  draft: { tone: 'neutral', icon: IconClock, label: 'operation.draft' },
  awaiting_approval: { tone: 'warn', icon: IconUserQuestion, label: 'operation.awaiting_approval' },
  queued: { tone: 'neutral', icon: IconClock, label: 'operation.queued' },
  running: { tone: 'third', icon: IconHourglass, label: 'operation.running' },
  verifying: { tone: 'third', icon: IconHourglass, label: 'operation.verifying' },
  done: { tone: 'done', icon: IconCircleCheck, label: 'operation.done' },
  failed: { tone: 'danger', icon: IconCircleX, label: 'operation.failed' },
  unknown: { tone: 'danger', icon: IconHelpTriangle, label: 'operation.unknown' },
  rejected: { tone: 'danger', icon: IconCircleX, label: 'operation.rejected' },
  expired: { tone: 'neutral', icon: IconAlertTriangle, label: 'operation.expired' },
  cancelled: { tone: 'neutral', icon: IconCircleX, label: 'operation.cancelled' },
}

/** The state in a word; at the product where it is asked there. */
export function operationLabel({ state, kind }: Pick<Operation, 'state' | 'kind'>): string {
  if (kind === 'product_action' && state === 'running') return t('operation.running.product')
  if (kind === 'product_action' && state === 'done') return t('operation.done.product')
  return t(operationLooks[state].label)
}

/** What a list calls an operation: its amount, or what is done where that is not a refund. */
export function operationTitle({ kind, money, product }: Pick<Operation, 'kind' | 'money' | 'product'>): string {
  if (product) return product.title
  if (kind === 'subscription_cancellation') return t('cancellation.title')
  const amount = money ? formatMoney(money) : t('approvals.noAmount')
  return kind === 'balance_credit' ? t('credit.of', { amount }) : amount
}

export type Step = { key: 'asked' | 'approved' | 'sent' | 'confirmed'; at: 'past' | 'now' | 'next' | 'failed' }

/** How far an operation has come, from asking to confirmation; the step it stopped at is `failed`. */
export function operationSteps({ state, approvalId }: Pick<Operation, 'state' | 'approvalId'>): Step[] {
  const keys: Step['key'][] = approvalId ? ['asked', 'approved', 'sent', 'confirmed'] : ['asked', 'sent', 'confirmed']
  const { now, failed } = place[state]
  const reached = keys.indexOf(now === 'approved' && !approvalId ? 'sent' : now)
  return keys.map((key, index) => ({
    key,
    at: index < reached ? 'past' : index > reached ? 'next' : failed ? 'failed' : state === 'done' ? 'past' : 'now',
  }))
}

/** The step at which each state stands. */
const place: Record<Operation['state'], { now: Step['key']; failed?: true }> = {
  draft: { now: 'asked' },
  awaiting_approval: { now: 'approved' },
  queued: { now: 'sent' },
  running: { now: 'sent' },
  verifying: { now: 'confirmed' },
  done: { now: 'confirmed' },
  failed: { now: 'sent', failed: true },
  unknown: { now: 'confirmed', failed: true },
  rejected: { now: 'approved', failed: true },
  expired: { now: 'approved', failed: true },
  cancelled: { now: 'sent', failed: true },
}

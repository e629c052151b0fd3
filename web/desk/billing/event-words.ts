import { Money } from '#contract/money.ts'
import { formatMoney } from '#contract/money-text.ts'
import { t, type PlainKey } from '../messages/translate.ts'

type Data = Record<string, unknown>

/** What the ledger's lines about money say on a ticket. */
export const billingSentences: Record<string, (data: Data) => string | undefined> = {
  'refund.previewed': plain('event.refund.previewed'),
  'product_action.previewed': plain('event.product.previewed'),
  'product.changed': plain('event.product.changed'),
  'balance_credit.previewed': plain('event.credit.previewed'),
  'subscription_cancellation.previewed': plain('event.cancellation.previewed'),
  'operation.created': (data) => {
    const needsApproval = data['state'] === 'awaiting_approval'
    if (data['kind'] === 'product_action')
      return t(needsApproval ? 'event.product.needsApproval' : 'event.product.ordered')
    if (data['kind'] === 'subscription_cancellation')
      return t(needsApproval ? 'event.cancellation.needsApproval' : 'event.cancellation.ordered')
    const amount = amountOf(data)
    if (!amount) return undefined
    if (data['kind'] === 'balance_credit')
      return t(needsApproval ? 'event.credit.needsApproval' : 'event.credit.ordered', { amount })
    return t(needsApproval ? 'event.operation.needsApproval' : 'event.operation.created', { amount })
  },
  'balance.credited': (data) => {
    const amount = amountOf(data)
    return amount && t('event.credit.made', { amount })
  },
  'subscription.cancelled': (data) =>
    t(data['when'] === 'now' ? 'event.cancellation.now' : 'event.cancellation.periodEnd'),
  'approval.requested': plain('event.approval.requested'),
  'approval.approved': plain('event.approval.approved'),
  'approval.rejected': plain('event.approval.rejected'),
  'approval.expired': plain('event.approval.expired'),
  'operation.queued': plain('event.operation.queued'),
  'operation.rejected': plain('event.operation.rejected'),
  'operation.expired': plain('event.operation.expired'),
  'operation.cancelled': plain('event.operation.cancelled'),
  'operation.started': plain('event.operation.started'),
  'operation.attempted': plain('event.operation.attempted'),
  'operation.answered': plain('event.operation.answered'),
  'operation.looked_up': plain('event.operation.lookedUp'),
  'operation.rechecked': plain('event.operation.rechecked'),
  'operation.verifying': plain('event.operation.verifying'),
  'operation.done': plain('event.operation.done'),
  'operation.failed': plain('event.operation.failed'),
  'operation.unknown': plain('event.operation.unknown'),
  'refund.made': (data) => {
    const amount = amountOf(data)
    return amount && t('event.refund.made', { amount })
  },
  'refund.failed': plain('event.refund.failed'),
  'authority.overridden': plain('event.authority.overridden'),
  'authority.code_sent': plain('event.authority.codeSent'),
  'authority.verified': plain('event.authority.verified'),
}

/** Steps on the way, and lines that say what the one beside them says; the history shows them. */
export const quietBillingEvents = [
  'refund.previewed',
  'balance_credit.previewed',
  'subscription_cancellation.previewed',
  'product_action.previewed',
  'approval.requested',
  'operation.queued',
  'operation.rejected',
  'operation.expired',
  'operation.started',
  'operation.attempted',
  'operation.answered',
  'operation.looked_up',
  'operation.rechecked',
  'operation.verifying',
  'operation.done',
] as const

function plain(key: PlainKey): () => string {
  return () => t(key)
}

function amountOf({ amount, currency }: Data): string | undefined {
  const money = Money.safeParse({ amount, currency })
  return money.success ? formatMoney(money.data) : undefined
}

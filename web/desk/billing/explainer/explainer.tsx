import '../../messages/rooms/billing.ts'
import { Modal } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import type { Explanation } from '#contract/billing.ts'
import { formatMoney } from '#contract/money-text.ts'
import { t } from '../../messages/translate.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { SkeletonRows } from '../../ui/skeleton-rows.tsx'
import { useCloseByEscape } from '../../ui/use-close-by-escape.ts'
import { useOpened } from '../../ui/use-opened.ts'
import { explanationQuery, isInvoice } from '../queries.ts'
import { ExplanationView } from './explanation-view.tsx'

type Props = {
  /** A charge's id or an invoice's. */
  subject: string
  opened: boolean
  onClose: () => void
  /** Puts text into the open reply; absent where there is none. */
  onInsert?: ((text: string) => void) | undefined
}

/** Why a charge was made or what an invoice asks for, in lines that sum to the cent, and what to tell the customer. */
export function Explainer({ subject, opened, onClose, onInsert }: Props) {
  const onKeyDown = useCloseByEscape(opened, onClose)
  const explanation = useQuery(explanationQuery(subject))
  const narrow = useMediaQuery('(max-width: 800px)', false)
  return (
    <Modal
      opened={useOpened(opened)}
      onClose={onClose}
      title={titleOf(subject, explanation.data)}
      size={920}
      fullScreen={narrow}
      closeOnEscape={false}
      onKeyDown={onKeyDown}
    >
      {explanation.data ? (
        <ExplanationView explanation={explanation.data} subject={subject} onInsert={onInsert} />
      ) : explanation.error ? (
        <ErrorState compact error={explanation.error} onRetry={() => void explanation.refetch()} />
      ) : (
        <SkeletonRows rows={5} height={40} />
      )}
    </Modal>
  )
}

function titleOf(subject: string, explanation: Explanation | undefined): string {
  const parts = explanation?.lines.filter(({ kind }) => kind === 'part') ?? []
  const currency = parts[0]?.money.currency
  if (!explanation?.closes || !currency) return isInvoice(subject) ? t('explain.titleInvoice') : t('explain.title')
  const amount = formatMoney({ amount: parts.reduce((sum, { money }) => sum + money.amount, 0), currency })
  return isInvoice(subject) ? t('explain.titleInvoiceOf', { amount }) : t('explain.titleOf', { amount })
}

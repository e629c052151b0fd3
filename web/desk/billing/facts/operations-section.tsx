import { UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { t } from '../../messages/translate.ts'
import { MoneyText } from '../../ui/money-text.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { Section } from '../../ui/section.tsx'
import { OperationBadge } from '../operations/operation-badge.tsx'
import { useBillingOverlay } from '../overlay.ts'
import { ticketOperationsQuery, type TicketId } from '../queries.ts'
import css from './operations-section.module.css'

/** What was set going from this ticket, with its live state; absent while there is nothing. */
export function OperationsSection({ ticketId }: { ticketId: TicketId }) {
  const operations = useQuery(ticketOperationsQuery(ticketId))
  const { open } = useBillingOverlay()
  const items = operations.data?.items ?? []
  if (items.length === 0) return null
  return (
    <Section name="billing.operations" title={t('billing.operations')} count={items.length}>
      <ul className={css.list}>
        {items.map((operation) => (
          <li key={operation.id}>
            <UnstyledButton
              className={css.operation}
              onClick={() => open({ kind: 'operation', operation: operation.id })}
            >
              <span className={css.line}>
                <OperationBadge operation={operation} />
                <span className={css.amount}>{operation.money && <MoneyText money={operation.money} strong />}</span>
              </span>
              <span className={css.line}>
                <span className={css.sentence}>{operation.sentence}</span>
                <span className={css.when}>
                  <RelativeTime at={operation.createdAt} />
                </span>
              </span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </Section>
  )
}

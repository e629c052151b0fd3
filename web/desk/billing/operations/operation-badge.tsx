import type { Operation } from '#contract/billing.ts'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { operationLabel, operationLooks } from './operation-look.ts'

type Props = { operation: Pick<Operation, 'state' | 'kind'>; quiet?: boolean }

/** The state of an operation in a word and its colour. */
export function OperationBadge({ operation, quiet }: Props) {
  const { tone, icon } = operationLooks[operation.state]
  return (
    <StatusBadge tone={tone} icon={icon} quiet={quiet ?? false}>
      {operationLabel(operation)}
    </StatusBadge>
  )
}

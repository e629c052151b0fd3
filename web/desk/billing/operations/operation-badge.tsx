import type { Operation } from '#contract/billing.ts'
import { t } from '../../messages/translate.ts'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { operationLooks } from './operation-look.ts'

/** The state of an operation in a word and its colour. */
export function OperationBadge({ state, quiet }: { state: Operation['state']; quiet?: boolean }) {
  const { tone, icon, label } = operationLooks[state]
  return (
    <StatusBadge tone={tone} icon={icon} quiet={quiet ?? false}>
      {t(label)}
    </StatusBadge>
  )
}

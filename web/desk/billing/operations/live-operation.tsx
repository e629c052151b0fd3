import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { t } from '../../messages/translate.ts'
import { announce } from '../../ui/announce.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { SkeletonRows } from '../../ui/skeleton-rows.tsx'
import { operationQuery, type OperationId } from '../queries.ts'
import { operationLabel, operationTitle } from './operation-look.ts'
import { OperationView } from './operation-view.tsx'

type Props = { id: OperationId; onInsert?: ((text: string) => void) | undefined }

/** An operation that is followed while it goes on; each change of state is said aloud. */
export function LiveOperation({ id, onInsert }: Props) {
  const operation = useQuery(operationQuery(id))
  const told = useRef<string | undefined>(undefined)
  const { data } = operation
  useEffect(() => {
    if (!data) return
    if (told.current && told.current !== data.state)
      announce(t('operation.now', { what: operationTitle(data), state: operationLabel(data) }))
    told.current = data.state
  }, [data])
  if (operation.data) return <OperationView operation={operation.data} onInsert={onInsert} />
  if (operation.error) return <ErrorState compact error={operation.error} onRetry={() => void operation.refetch()} />
  return <SkeletonRows rows={4} height={64} lines={2} />
}

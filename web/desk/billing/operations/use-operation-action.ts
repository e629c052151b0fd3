import { useMutation } from '@tanstack/react-query'
import { cancelOperation, listApprovals, listOperations, recheckOperation } from '#contract/billing.ts'
import { call, keyOf } from '../../api.ts'
import { queryClient } from '../../query-client.ts'
import { errorToast } from '../../ui/toast.tsx'
import { operationQuery, type OperationId } from '../queries.ts'

/** Takes an operation back before it starts, or looks an unknown one up at Stripe again. */
export function useOperationAction(id: OperationId) {
  return useMutation({
    mutationFn: (action: 'cancel' | 'recheck') =>
      call(action === 'cancel' ? cancelOperation : recheckOperation, { params: { id } }),
    onSuccess: (operation) => {
      queryClient.setQueryData(operationQuery(id).queryKey, operation)
      for (const endpoint of [listOperations, listApprovals])
        void queryClient.invalidateQueries({ queryKey: keyOf(endpoint) })
    },
    onError: (error) => {
      errorToast(error)
      void queryClient.invalidateQueries({ queryKey: operationQuery(id).queryKey })
    },
  })
}

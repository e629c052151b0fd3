import { useMutation } from '@tanstack/react-query'
import { type BillingLink, confirmBillingLink, getContactBilling, rejectBillingLink } from '#contract/billing.ts'
import { call, keyOf } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import { queryClient } from '../../query-client.ts'
import { errorToast, toast } from '../../ui/toast.tsx'

/** Confirms or rejects a link; what is shown follows from what the server says then. */
export function useLinkDecision(link: BillingLink) {
  return useMutation({
    mutationFn: (decision: 'confirm' | 'reject') =>
      call(decision === 'confirm' ? confirmBillingLink : rejectBillingLink, { params: { id: link.id } }),
    onSuccess: async (_link, decision) => {
      await queryClient.invalidateQueries({ queryKey: keyOf(getContactBilling) })
      toast(decision === 'confirm' ? t('link.confirmed') : t('link.rejected'))
    },
    onError: errorToast,
  })
}

import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { liftSuppression } from '#contract/addresses.ts'
import { useRefusal } from '../access.ts'
import { call } from '../api.ts'
import { t } from '../messages/translate.ts'
import { confirm } from '../ui/confirm.tsx'
import { DisabledReason } from '../ui/disabled-reason.tsx'
import { errorToast, toast } from '../ui/toast.tsx'
import { forgetAddresses } from './queries.ts'

/** Says, after asking, that an address may be written to again. */
export function LiftButton({ email }: { email: string }) {
  const refusal = useRefusal('contacts.write')
  const lift = useMutation({
    mutationFn: () => call(liftSuppression, { body: { email } }),
    onSuccess: () => {
      toast(t('address.lifted', { email }))
      forgetAddresses()
    },
    onError: errorToast,
  })
  const ask = async (): Promise<void> => {
    const words = { title: t('address.lift.ask', { email }), body: t('address.lift.body'), action: t('address.lift') }
    if (await confirm(words)) lift.mutate()
  }
  return (
    <DisabledReason reason={refusal}>
      <Button
        size="xs"
        variant="default"
        loading={lift.isPending}
        aria-label={t('address.liftOf', { email })}
        onClick={() => void ask()}
      >
        {t('address.lift')}
      </Button>
    </DisabledReason>
  )
}

import { Button } from '@mantine/core'
import { IconArrowForwardUp } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { chooseAnswerAddress } from '#contract/inbox.ts'
import type { Id } from '#contract/ids.ts'
import { call } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import { queryClient } from '../../query-client.ts'
import { errorToast } from '../../ui/toast.tsx'
import { replyDefaultsQuery } from '../queries.ts'
import css from './composer.module.css'

type Props = { ticketId: Id<'tkt'>; asked: string; from: string; onChosen: () => void }

/** Says that the customer asks for answers at another address, and lets the agent decide once for both. */
export function AnswerAddressBar({ ticketId, asked, from, onChosen }: Props) {
  const choose = useMutation({
    mutationFn: (choice: 'use' | 'keep') => call(chooseAnswerAddress, { params: { id: ticketId }, body: { choice } }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: replyDefaultsQuery(ticketId).queryKey })
      onChosen()
    },
    onError: errorToast,
  })
  return (
    <div className={css.bar} role="status">
      <IconArrowForwardUp size={16} stroke={1.5} aria-hidden />
      <span className={css.barText}>{t('composer.asked', { address: asked })}</span>
      <span className={css.barActions}>
        <Button
          variant="default"
          size="xs"
          loading={choose.isPending && choose.variables === 'use'}
          onClick={() => choose.mutate('use')}
        >
          {t('composer.askedUse')}
        </Button>
        <Button
          variant="default"
          size="xs"
          loading={choose.isPending && choose.variables === 'keep'}
          onClick={() => choose.mutate('keep')}
        >
          {t('composer.askedKeep', { address: from })}
        </Button>
      </span>
    </div>
  )
}

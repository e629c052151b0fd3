import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { checkPlus, listMailboxes, type Mailbox } from '#contract/mailboxes.ts'
import { call, keyOf } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import { queryClient } from '../../query-client.ts'
import { SheetPart } from '../../ui/sheet.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { errorToast } from '../../ui/toast.tsx'
import css from '../settings-form.module.css'

const tones = { unknown: 'neutral', checking: 'accent', works: 'done', does_not: 'warn' } as const

/** Whether mail to the plus addresses of a mailbox comes back, and the way to find out. */
export function PlusAddresses({ mailbox: { id, plusState } }: { mailbox: Mailbox }) {
  const check = useMutation({
    mutationFn: () => call(checkPlus, { params: { id } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keyOf(listMailboxes) }),
    onError: errorToast,
  })
  return (
    <SheetPart
      title={t('mailboxes.plus')}
      aside={
        <span role="status">
          <StatusBadge tone={tones[plusState]}>{t(`mailboxes.plus.${plusState}`)}</StatusBadge>
        </span>
      }
    >
      <p className={`muted ${css.hint}`}>
        {t(plusState === 'checking' ? 'mailboxes.plus.wait' : 'mailboxes.plus.hint')}
      </p>
      <Button
        variant="default"
        loading={check.isPending}
        disabled={plusState === 'checking'}
        onClick={() => check.mutate()}
      >
        {t('mailboxes.plus.check')}
      </Button>
    </SheetPart>
  )
}

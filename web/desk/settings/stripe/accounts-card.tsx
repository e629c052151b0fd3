import { Button, Modal } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { disconnectStripeAccount, listStripeAccounts, type StripeAccount } from '#contract/stripe-accounts.ts'
import { useRefusal } from '../../access.ts'
import { call, keyOf } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import { queryClient } from '../../query-client.ts'
import { Card } from '../../ui/card.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { DisabledReason } from '../../ui/disabled-reason.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { errorToast, toast } from '../../ui/toast.tsx'
import css from '../settings-form.module.css'
import { ConnectAccount } from './connect-account.tsx'

/** The connected Stripe accounts. */
export function AccountsCard({ accounts }: { accounts: StripeAccount[] }) {
  const refusal = useRefusal('settings.write')
  const [adding, setAdding] = useState(false)
  const disconnect = useMutation({
    mutationFn: ({ id }: StripeAccount) => call(disconnectStripeAccount, { params: { id } }),
    onSuccess: (_, { label }) => {
      toast(t('stripe.accounts.disconnected', { name: label }))
      void queryClient.invalidateQueries({ queryKey: keyOf(listStripeAccounts) })
    },
    onError: errorToast,
  })
  const ask = async (account: StripeAccount): Promise<void> => {
    const sure = await confirm({
      title: t('stripe.accounts.disconnect.ask', { name: account.label }),
      body: t('stripe.accounts.disconnect.body'),
      action: t('stripe.accounts.disconnect'),
      danger: true,
    })
    if (sure) disconnect.mutate(account)
  }
  const columns: Column<StripeAccount>[] = [
    {
      key: 'account',
      header: t('stripe.account'),
      cell: (account) => (
        <>
          <div className={css.name}>{account.label}</div>
          <div className={css.sub}>{account.stripeId ?? t('stripe.accounts.first.hint')}</div>
        </>
      ),
    },
    {
      key: 'connected',
      header: t('stripe.accounts.since'),
      width: '200px',
      wide: true,
      cell: ({ connectedBy, connectedAt }) =>
        connectedAt && (
          <>
            <RelativeTime at={connectedAt} />
            <div className={css.sub}>{connectedBy}</div>
          </>
        ),
    },
    {
      key: 'disconnect',
      header: <span className="sr-only">{t('stripe.accounts.disconnect')}</span>,
      align: 'right',
      width: '120px',
      cell: (account) =>
        !account.isFirst && (
          <DisabledReason reason={refusal}>
            <Button
              size="xs"
              variant="default"
              aria-label={t('stripe.accounts.disconnect.of', { name: account.label })}
              onClick={() => void ask(account)}
            >
              {t('stripe.accounts.disconnect')}
            </Button>
          </DisabledReason>
        ),
    },
  ]
  return (
    <>
      <Card
        flush
        title={t('stripe.accounts')}
        aside={
          <DisabledReason reason={refusal}>
            <Button leftSection={<IconPlus size={16} stroke={1.75} />} onClick={() => setAdding(true)}>
              {t('stripe.accounts.add')}
            </Button>
          </DisabledReason>
        }
      >
        <DataTable
          label={t('stripe.accounts')}
          columns={columns}
          rows={accounts}
          keyOf={({ id }) => id}
          empty={t('stripe.accounts.first.hint')}
        />
      </Card>
      <Modal
        opened={adding}
        onClose={() => setAdding(false)}
        closeOnClickOutside={false}
        title={t('stripe.accounts.add')}
        closeButtonProps={{ 'aria-label': t('ui.close') }}
      >
        {adding && <ConnectAccount onDone={() => setAdding(false)} />}
      </Modal>
    </>
  )
}

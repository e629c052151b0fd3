import { Button, Modal } from '@mantine/core'
import { IconMailCheck, IconPlus } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { AddressFacts } from '#contract/addresses.ts'
import { useRefusal } from '../../access.ts'
import { addressLook } from '../../addresses/address-look.ts'
import { LiftButton } from '../../addresses/lift-button.tsx'
import { suppressedQuery } from '../../addresses/queries.ts'
import '../../messages/rooms/addresses.ts'
import '../../messages/rooms/settings.ts'
import { t } from '../../messages/translate.ts'
import { paths } from '../../paths.ts'
import { Card } from '../../ui/card.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { DisabledReason } from '../../ui/disabled-reason.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Link } from '../../ui/link.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import css from '../settings-form.module.css'
import own from './addresses.module.css'
import { AddAddress } from './add-address.tsx'

const columns: Column<AddressFacts>[] = [
  {
    key: 'email',
    header: t('address.address'),
    cell: (facts) => (
      <>
        <div className={css.name}>{facts.email}</div>
        <Against facts={facts} />
        <div className={own.narrow}>{addressLook(facts)?.reason}</div>
      </>
    ),
  },
  {
    key: 'why',
    header: t('address.why'),
    wide: true,
    cell: (facts) => {
      const look = addressLook(facts)
      return (
        <>
          {look?.reason} {facts.status && <span className="muted">{facts.status}</span>}
        </>
      )
    },
  },
  {
    key: 'since',
    header: t('address.since'),
    width: '84px',
    wide: true,
    cell: ({ since, unsubscribedAt }) => <RelativeTime at={since ?? unsubscribedAt ?? ''} />,
  },
  {
    key: 'ticket',
    header: t('address.ticket'),
    width: '76px',
    wide: true,
    cell: ({ ticketId, email }) =>
      ticketId && (
        <Link className="link" href={paths.ticket(ticketId)} aria-label={t('address.openTicket', { email })}>
          {t('address.ticket')}
        </Link>
      ),
  },
  {
    key: 'lift',
    header: <span className="sr-only">{t('address.lift')}</span>,
    align: 'right',
    width: '1%',
    cell: ({ email }) => <LiftButton email={email} />,
  },
]

function Against({ facts }: { facts: AddressFacts }) {
  const look = addressLook(facts)
  if (!look) return null
  return (
    <StatusBadge quiet tone={look.tone} icon={look.icon}>
      {look.word}
    </StatusBadge>
  )
}

/** Addresses that mail is held back from or that refuse ours: why, since when, and the way back. */
export function AddressesSection() {
  const addresses = useInfiniteQuery(suppressedQuery)
  const refusal = useRefusal('contacts.write')
  const [adding, setAdding] = useState(false)
  const close = (): void => setAdding(false)
  return (
    <>
      <Card
        flush
        title={t('settings.section.addresses')}
        aside={
          <DisabledReason reason={refusal}>
            <Button leftSection={<IconPlus size={16} stroke={1.75} />} onClick={() => setAdding(true)}>
              {t('address.add')}
            </Button>
          </DisabledReason>
        }
      >
        <Loaded query={addresses}>
          {(rows) => (
            <DataTable
              label={t('settings.section.addresses')}
              columns={columns}
              rows={rows}
              keyOf={({ email }) => email}
              paging={addresses}
              empty={<EmptyState icon={IconMailCheck} title={t('address.none.title')} hint={t('address.none.hint')} />}
            />
          )}
        </Loaded>
      </Card>
      <Modal
        opened={adding}
        onClose={close}
        closeOnClickOutside={false}
        title={t('address.add')}
        closeButtonProps={{ 'aria-label': t('ui.close') }}
      >
        {adding && <AddAddress onDone={close} />}
      </Modal>
    </>
  )
}

import { Modal } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Account } from '#contract/customers.ts'
import { t } from '../messages/translate.ts'
import { paths } from '../paths.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Card } from '../ui/card.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { FactsList } from '../ui/facts-list.tsx'
import { ListRow } from '../ui/list-row.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { StatusBadge } from '../ui/status-badge.tsx'
import { AccountForm } from './account-form.tsx'
import css from './customers.module.css'
import { DetailPane } from './detail-pane.tsx'
import { accountQuery, peopleQuery } from './queries.ts'
import { ShowMore } from './show-more.tsx'
import { TicketsCard } from './tickets-card.tsx'

export function AccountPane({ id, back }: { id: string; back: string }) {
  const account = useQuery(accountQuery(id))
  return <Loaded query={account}>{(found) => <Company account={found} back={back} />}</Loaded>
}

function Company({ account, back }: { account: Account; back: string }) {
  const { segment, domains, contacts } = account
  const [editing, setEditing] = useState(false)
  return (
    <DetailPane
      id={account.id}
      name={account.name}
      sub={domains.map(({ domain }) => domain).join(', ')}
      back={back}
      onEdit={() => setEditing(true)}
    >
      <Card title={t('contact.account')}>
        <FactsList
          facts={[
            { label: t('contact.segment'), value: t(`segment.${segment}`) },
            {
              label: t('customers.account.domains'),
              value: (
                <span className={css.domains}>
                  {domains.length === 0 && <span className="muted">{t('customers.account.domains.none')}</span>}
                  {domains.map(({ domain, confirmed }) => (
                    <StatusBadge key={domain} tone={confirmed ? 'done' : 'warn'}>
                      {domain}
                      {!confirmed && ` · ${t('customers.account.domain.unconfirmed')}`}
                    </StatusBadge>
                  ))}
                </span>
              ),
            },
            { label: t('customers.people'), value: t('customers.people.count', { count: contacts }) },
            { label: t('contact.since'), value: <RelativeTime at={account.createdAt} /> },
          ]}
        />
      </Card>
      <People account={account} />
      <TicketsCard of={{ accountId: account.id }} />
      <Modal
        opened={editing}
        onClose={() => setEditing(false)}
        title={t('customers.account.edit', { name: account.name })}
        closeButtonProps={{ 'aria-label': t('ui.close') }}
      >
        {editing && <AccountForm account={account} onDone={() => setEditing(false)} />}
      </Modal>
    </DetailPane>
  )
}

function People({ account }: { account: Account }) {
  const people = useInfiniteQuery(peopleQuery(account.id))
  return (
    <Card flush title={t('customers.people')}>
      <Loaded query={people}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState compact title={t('customers.people.none')} />
          ) : (
            <>
              {rows.map(({ id, name, email }) => (
                <ListRow
                  key={id}
                  href={paths.contact(id)}
                  leading={<Avatar name={name} seed={id} />}
                  title={name}
                  lines={email ? [email] : []}
                />
              ))}
              <ShowMore paging={people} />
            </>
          )
        }
      </Loaded>
    </Card>
  )
}

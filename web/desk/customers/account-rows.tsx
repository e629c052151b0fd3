import { useInfiniteQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { t } from '../messages/translate.ts'
import { paths } from '../paths.ts'
import { Avatar } from '../ui/avatar.tsx'
import { KeysetList } from '../ui/keyset-list.tsx'
import { ListRow } from '../ui/list-row.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { accountsQuery } from './queries.ts'
import { useMoves } from './use-moves.ts'

type Props = { q: string; activeId: string | undefined; empty: ReactNode }

export function AccountRows({ q, activeId, empty }: Props) {
  const accounts = useInfiniteQuery(accountsQuery(q))
  useMoves(accounts.data ?? [], activeId, (id) => paths.account(id, q))
  return (
    <Loaded query={accounts}>
      {(rows) =>
        rows.length === 0 ? (
          empty
        ) : (
          <KeysetList
            key={q}
            label={t('customers.accounts')}
            items={rows}
            keyOf={({ id }) => id}
            estimate={56}
            activeKey={activeId ?? null}
            paging={accounts}
            render={({ id, name, segment, contacts, domains }) => (
              <ListRow
                href={paths.account(id, q)}
                active={id === activeId}
                leading={<Avatar name={name} seed={id} />}
                title={name}
                aside={t(`segment.${segment}`)}
                lines={[
                  [t('customers.people.count', { count: contacts }), ...domains.map(({ domain }) => domain)].join(
                    ' · ',
                  ),
                ]}
              />
            )}
          />
        )
      }
    </Loaded>
  )
}

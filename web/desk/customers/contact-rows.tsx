import { useInfiniteQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { t } from '../messages/translate.ts'
import { paths } from '../paths.ts'
import { Avatar } from '../ui/avatar.tsx'
import { KeysetList } from '../ui/keyset-list.tsx'
import { ListRow } from '../ui/list-row.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { contactsQuery } from './queries.ts'
import { useMoves } from './use-moves.ts'

type Props = { q: string; activeId: string | undefined; empty: ReactNode }

export function ContactRows({ q, activeId, empty }: Props) {
  const contacts = useInfiniteQuery(contactsQuery(q))
  useMoves(contacts.data ?? [], activeId, (id) => paths.contact(id, q))
  return (
    <Loaded query={contacts}>
      {(rows) =>
        rows.length === 0 ? (
          empty
        ) : (
          <KeysetList
            key={q}
            label={t('customers.contacts')}
            items={rows}
            keyOf={({ id }) => id}
            estimate={56}
            activeKey={activeId ?? null}
            paging={contacts}
            render={({ id, name, email, accountName, createdAt }) => (
              <ListRow
                href={paths.contact(id, q)}
                active={id === activeId}
                leading={<Avatar name={name} seed={id} />}
                title={name}
                aside={<RelativeTime at={createdAt} />}
                lines={[[email, accountName].filter(Boolean).join(' · ')]}
              />
            )}
          />
        )
      }
    </Loaded>
  )
}

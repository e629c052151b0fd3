import '../../messages/rooms/settings.ts'
import { IconHistory } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { listImports } from '#contract/imports.ts'
import { useRefusal } from '../../access.ts'
import { readPages } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Notice } from '../../ui/notice.tsx'
import { ImportRow } from './import-row.tsx'
import css from './import.module.css'
import { StartImport } from './start-import.tsx'

/** Older mail taken in as history: what was imported, how far it is, and how to begin. */
export function ImportSection() {
  const refusal = useRefusal('settings.write')
  if (refusal) return <Notice kind="locked">{refusal}</Notice>
  return (
    <>
      <Card title={t('import.start.title')}>
        <StartImport />
      </Card>
      <Imports />
    </>
  )
}

function Imports() {
  const imports = useInfiniteQuery({
    ...readPages(listImports, { query: { limit: 50 } }, ['import']),
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some((one) => one.state === 'running' || one.state === 'undoing'))
        ? 1000
        : false,
  })
  return (
    <Card title={t('import.list.title')} flush>
      <Loaded query={imports}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState icon={IconHistory} title={t('import.none.title')} hint={t('import.none.hint')} />
          ) : (
            <ul className={css.list}>
              {rows.map((one) => (
                <ImportRow key={one.id} item={one} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  )
}

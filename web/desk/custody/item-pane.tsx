import { Button } from '@mantine/core'
import { IconDownload, IconMailOpened, IconRefresh } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import {
  type CustodyDetail,
  type CustodyItem,
  getCustody,
  getCustodyItem,
  listCustodyItems,
  rerunCustodyItem,
} from '#contract/custody.ts'
import { useRefusal } from '../access.ts'
import { ApiError } from '../api-error.ts'
import { call, keyOf } from '../api.ts'
import { t } from '../messages/translate.ts'
import { type CustodyFilters, paths } from '../paths.ts'
import { queryClient } from '../query-client.ts'
import { useShortcut } from '../shortcuts.ts'
import { announce } from '../ui/announce.tsx'
import { DisabledReason } from '../ui/disabled-reason.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { BackToList } from '../ui/folded-panes.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Notice } from '../ui/notice.tsx'
import { PaneHeading } from '../ui/pane-heading.tsx'
import { Pane } from '../ui/pane.tsx'
import { errorToast } from '../ui/toast.tsx'
import { downloadRaw } from './download-raw.ts'
import { ItemFacts } from './item-facts.tsx'
import { ItemSections } from './item-sections.tsx'
import { itemQuery } from './queries.ts'
import css from './item-pane.module.css'

type Props = { itemId: string | undefined; filters: CustodyFilters }

/** One mail: what became of it, why, and what can be done about it. */
export function ItemPane({ itemId, filters }: Props) {
  if (!itemId) return <EmptyState icon={IconMailOpened} title={t('custody.pick.title')} hint={t('custody.pick.hint')} />
  return <OpenItem itemId={itemId} back={<BackToList href={paths.custodyList(filters)} />} />
}

function OpenItem({ itemId, back }: { itemId: string; back: ReactNode }) {
  const item = useQuery(itemQuery(itemId))
  if (item.data) return <Item item={item.data} back={back} />
  const missing = item.error instanceof ApiError && item.error.code === 'not_found'
  return (
    <Pane label={t('custody.title')} header={back}>
      {missing ? (
        <EmptyState icon={IconMailOpened} title={t('custody.missing.title')} hint={t('custody.missing.hint')} />
      ) : (
        <Loaded query={item}>{() => null}</Loaded>
      )}
    </Pane>
  )
}

function Item({ item, back }: { item: CustodyDetail; back: ReactNode }) {
  const refusal = useRefusal('custody.rerun')
  const rerun = useMutation({
    mutationFn: () => call(rerunCustodyItem, { params: { id: item.id } }),
    onSuccess: (now) => {
      announce(outcomeOf(now))
      for (const changed of [getCustody, getCustodyItem, listCustodyItems])
        void queryClient.invalidateQueries({ queryKey: keyOf(changed) })
    },
    onError: errorToast,
  })
  const download = useMutation({ mutationFn: () => downloadRaw(item.id), onError: errorToast })
  const parked = item.disposition === 'parked'
  const noRerun = parked ? refusal : t('custody.rerun.onlyParked')
  useShortcut(!noRerun && { keys: 'r', label: t('custody.runAgain'), run: () => rerun.mutate() })
  const result = rerun.data
  const title = item.subject || t(item.hidden ? 'custody.hidden.title' : 'custody.noSubject')
  return (
    <Pane
      label={title}
      header={
        <>
          {back}
          <PaneHeading>{title}</PaneHeading>
        </>
      }
    >
      <div className={css.body}>
        {result && (
          <Notice kind={result.disposition === 'parked' ? 'warn' : 'neutral'}>
            <span role="status">{outcomeOf(result)}</span>
          </Notice>
        )}
        <ItemFacts item={item} />
        <div className={css.actions}>
          {(parked || item.reruns > 0) && (
            <DisabledReason reason={noRerun}>
              <Button
                leftSection={<IconRefresh size={16} stroke={1.75} />}
                loading={rerun.isPending}
                onClick={() => rerun.mutate()}
              >
                {t('custody.runAgain')}
              </Button>
            </DisabledReason>
          )}
          <DisabledReason
            reason={
              (item.hidden && t('custody.hidden')) || (item.disposition === 'duplicate' && t('custody.raw.duplicate'))
            }
          >
            <Button
              variant="default"
              leftSection={<IconDownload size={16} stroke={1.75} />}
              loading={download.isPending}
              onClick={() => download.mutate()}
            >
              {t('custody.raw')}
            </Button>
          </DisabledReason>
        </div>
        <ItemSections item={item} />
      </div>
    </Pane>
  )
}

function outcomeOf(item: CustodyItem): string {
  return item.disposition === 'parked'
    ? t('custody.rerun.still')
    : t('custody.rerun.done', { outcome: t(`custody.one.${item.disposition}`).toLowerCase() })
}

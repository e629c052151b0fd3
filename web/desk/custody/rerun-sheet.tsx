import '../messages/rooms/custody.ts'
import { Button, Progress, Radio } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import {
  type CustodyRerun,
  getCustody,
  getCustodyRerun,
  listCustodyItems,
  listCustodyRerunItems,
  listParked,
  startCustodyRerun,
} from '#contract/custody.ts'
import { call, keyOf, read, readPages } from '../api.ts'
import { t } from '../messages/translate.ts'
import { paths } from '../paths.ts'
import { queryClient } from '../query-client.ts'
import { FormError } from '../ui/form-error.tsx'
import { Link } from '../ui/link.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Sheet, SheetBody, SheetFooter, SheetPart } from '../ui/sheet.tsx'
import { dispositions } from './queries.ts'
import css from './rerun-sheet.module.css'

const parkedQuery = read(listParked, {}, ['custody'])

/** Chooses which parked mails are tried again, then shows how far it has come and what each became. */
export function RerunSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const [run, setRun] = useState<CustodyRerun | null>(null)
  const [key, setKey] = useState(() => crypto.randomUUID())
  const [reason, setReason] = useState('')
  const parked = useQuery({ ...parkedQuery, enabled: opened })
  const start = useMutation({
    mutationFn: () => call(startCustodyRerun, { body: reason ? { reason } : {} }, { idempotencyKey: key }),
    onSuccess: setRun,
  })
  const again = (): void => {
    setRun(null)
    setKey(crypto.randomUUID())
    start.reset()
  }
  return (
    <Sheet opened={opened} onClose={onClose} title={t('custody.bulk.title')}>
      {run ? (
        <Progressing id={run.id} onAgain={again} />
      ) : (
        <>
          <SheetBody>
            <SheetPart title={t('custody.bulk.which')}>
              <p className={`muted ${css.hint}`}>{t('custody.bulk.hint')}</p>
              <Loaded query={parked}>
                {({ items, more }) => (
                  <Radio.Group value={reason} onChange={setReason} aria-label={t('custody.bulk.which')}>
                    <div className={css.reasons}>
                      <Radio
                        value=""
                        label={t('custody.bulk.all')}
                        description={
                          more
                            ? undefined
                            : t('custody.bulk.count', { count: items.reduce((sum, one) => sum + one.count, 0) })
                        }
                      />
                      {items.map(({ reason: why, count }) => (
                        <Radio key={why} value={why} label={why} description={t('custody.bulk.count', { count })} />
                      ))}
                      {more && <p className="muted">{t('custody.bulk.more')}</p>}
                    </div>
                  </Radio.Group>
                )}
              </Loaded>
            </SheetPart>
            <FormError error={start.error} />
          </SheetBody>
          <SheetFooter>
            <Button loading={start.isPending} onClick={() => start.mutate()}>
              {t('custody.bulk.start')}
            </Button>
          </SheetFooter>
        </>
      )}
    </Sheet>
  )
}

function Progressing({ id, onAgain }: { id: CustodyRerun['id']; onAgain: () => void }) {
  const run = useQuery({
    ...read(getCustodyRerun, { params: { id } }),
    refetchInterval: ({ state }) => (state.data?.state === 'done' ? false : 700),
  })
  const done = run.data?.state === 'done'
  const items = useInfiniteQuery({
    ...readPages(listCustodyRerunItems, { params: { id }, query: { limit: 100 } }),
    enabled: done,
  })
  return (
    <Loaded query={run}>
      {({ total, tried, became }) => (
        <>
          <SheetBody>
            <SheetPart title={done ? t('custody.bulk.done') : t('custody.bulk.running')}>
              <Progress value={(100 * tried) / Math.max(1, total)} aria-label={t('custody.bulk.running')} />
              <p role="status" className="num">
                {t('custody.bulk.progress', { tried, total })}
              </p>
              <ul className={css.became}>
                {dispositions.flatMap((one) =>
                  became[one]
                    ? [<li key={one}>{t('custody.bulk.became', { what: t(`custody.one.${one}`), n: became[one] })}</li>]
                    : [],
                )}
              </ul>
            </SheetPart>
            {done && (
              <SheetPart title={t('custody.bulk.each')}>
                <Loaded query={items}>
                  {(rows) => (
                    <ul className={css.items}>
                      {rows.map(({ item, trouble }) => (
                        <li key={item.id}>
                          <Link className="link" href={paths.custodyItem(item.id, { disposition: 'all' })}>
                            {item.subject || t(item.hidden ? 'custody.hidden.title' : 'custody.noSubject')}
                          </Link>
                          <div className="muted">
                            {trouble ?? `${t(`custody.one.${item.disposition}`)} · ${item.reason}`}
                          </div>
                        </li>
                      ))}
                    </ul>
                  )}
                </Loaded>
                {items.hasNextPage && (
                  <Button
                    variant="default"
                    loading={items.isFetchingNextPage}
                    onClick={() => void items.fetchNextPage()}
                  >
                    {t('ui.showMore')}
                  </Button>
                )}
              </SheetPart>
            )}
          </SheetBody>
          {done && (
            <SheetFooter>
              <Button
                variant="default"
                onClick={() => {
                  for (const changed of [getCustody, listCustodyItems, listParked])
                    void queryClient.invalidateQueries({ queryKey: keyOf(changed) })
                  onAgain()
                }}
              >
                {t('custody.bulk.again')}
              </Button>
            </SheetFooter>
          )}
        </>
      )}
    </Loaded>
  )
}

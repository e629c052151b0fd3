import { Button } from '@mantine/core'
import { t } from '../messages/translate.ts'
import css from './customers.module.css'

type Props = { paging: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown } }

/** The end of a short list that has more. */
export function ShowMore({ paging }: Props) {
  if (!paging.hasNextPage) return null
  return (
    <div className={css.more}>
      <Button variant="default" loading={paging.isFetchingNextPage} onClick={() => void paging.fetchNextPage()}>
        {t('ui.showMore')}
      </Button>
    </div>
  )
}

import type { Ticket } from '#contract/inbox.ts'
import '../../messages/rooms/correct.ts'
import { t } from '../../messages/translate.ts'
import { paths } from '../../paths.ts'
import { Link } from '../../ui/link.tsx'
import { Notice } from '../../ui/notice.tsx'
import css from './correct.module.css'

/** Where everything of a merged-away ticket is now. */
export function MergedBanner({ into }: { into: NonNullable<Ticket['mergedInto']> }) {
  return (
    <div className={css.banner}>
      <Notice>
        {t('correct.banner')}{' '}
        <Link className={css.link} href={paths.ticket(into.id)}>
          #{into.number} {into.subject}
        </Link>
        . {t('correct.bannerHint')}
      </Notice>
    </div>
  )
}

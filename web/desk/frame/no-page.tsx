import { IconMapOff } from '@tabler/icons-react'
import { t } from '../messages/translate.ts'
import { paths } from '../paths.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { Link } from '../ui/link.tsx'
import css from './no-page.module.css'

export function NoPage() {
  return (
    <main>
      <EmptyState
        heading
        icon={IconMapOff}
        title={t('frame.noPage.title')}
        hint={t('frame.noPage.hint')}
        action={
          <Link className={css.link} href={paths.inbox()}>
            {t('frame.noPage.go')}
          </Link>
        }
      />
    </main>
  )
}

import '../messages/rooms/settings.ts'
import { Suspense } from 'react'
import { PageTitle } from '../frame/page-title.tsx'
import { t } from '../messages/translate.ts'
import { usePageParams } from '../page-params.ts'
import { PageLayout } from '../ui/page-layout.tsx'
import { SkeletonRows } from '../ui/skeleton-rows.tsx'
import { SectionNav } from './section-nav.tsx'
import { sections } from './sections.tsx'
import css from './settings-page.module.css'

/** Everything that is set once: the desk, its people, and one's own account. Every section has an address. */
export function Page() {
  const { section: name } = usePageParams()
  const section = sections.find((one) => one.name === name) ?? sections[0]
  if (!section) return null
  return (
    <div className={css.page}>
      <SectionNav current={section.name} />
      <div className={css.content}>
        <PageLayout key={section.name} title={t(section.label)} hint={t(section.hint)} width="reading">
          <PageTitle of={`${t(section.label)} · ${t('settings.title')}`} />
          <Suspense fallback={<SkeletonRows rows={6} />}>
            <section.Content />
          </Suspense>
        </PageLayout>
      </div>
    </div>
  )
}

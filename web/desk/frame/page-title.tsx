import { t } from '../messages/translate.ts'
import { useMe } from '../session.ts'

/** Names the browser's tab after what is on screen. */
export function PageTitle({ of }: { of: string }) {
  const { settings } = useMe()
  return <title>{t('app.title', { page: of, company: settings.companyName })}</title>
}

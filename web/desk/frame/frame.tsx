import { Notifications } from '@mantine/notifications'
import { Outlet } from '@tanstack/react-router'
import { lazy, Suspense, useEffect } from 'react'
import { startLive } from '../live.ts'
import { t } from '../messages/translate.ts'
import { useGo } from '../page-params.ts'
import { paths } from '../paths.ts'
import { useShortcut } from '../shortcuts.ts'
import { Announcer } from '../ui/announce.tsx'
import { ConfirmDialog } from '../ui/confirm.tsx'
import { Banners } from './banners.tsx'
import css from './frame.module.css'
import { openKeysSheet, openPalette, useOverlay } from './overlays.ts'
import { Rail } from './rail.tsx'

const loadPalette = () => import('./palette.tsx')
const Palette = lazy(() => loadPalette().then(({ Palette }) => ({ default: Palette })))
const KeysSheet = lazy(() => import('./keys-sheet.tsx').then(({ KeysSheet }) => ({ default: KeysSheet })))

/** What a key press opens must be there before the next key press: it would be lost, or taken for a shortcut. */
function fetchSoon(): () => void {
  const timer = setTimeout(() => {
    void loadPalette()
    void import('../inbox/search-page.tsx')
  }, 1500)
  return () => clearTimeout(timer)
}

/** Everything around a room: rail, banners, overlays, the live stream and the keys that work everywhere. */
export function Frame() {
  const overlay = useOverlay()
  const go = useGo()
  useEffect(startLive, [])
  useEffect(fetchSoon, [])
  useShortcut({
    keys: 'mod+k',
    label: t('keys.palette'),
    group: 'everywhere',
    run: openPalette,
    inFields: true,
    hidden: true,
  })
  useShortcut({ keys: '/', label: t('keys.search'), group: 'everywhere', run: () => go(paths.search()) })
  useShortcut({ keys: '?', label: t('keys.sheet'), group: 'everywhere', run: openKeysSheet })
  return (
    <div className={css.frame}>
      <a href="#content" className={css.skip}>
        {t('frame.skip')}
      </a>
      <Rail />
      <aside className={css.banners} aria-label={t('frame.notices')}>
        <Banners />
      </aside>
      <main id="content" tabIndex={-1} className={css.content}>
        <Outlet />
      </main>
      <Announcer />
      <ConfirmDialog />
      <Notifications position="bottom-left" limit={3} />
      <Suspense>
        {overlay === 'palette' && <Palette />}
        {overlay === 'keys' && <KeysSheet />}
      </Suspense>
    </div>
  )
}

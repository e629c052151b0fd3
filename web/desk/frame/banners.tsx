import { IconPlugConnectedX, IconWorld } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useLiveState } from '../live.ts'
import { t } from '../messages/translate.ts'
import { useMe } from '../session.ts'
import { announce } from '../ui/announce.tsx'
import { useDelayed } from '../ui/delayed.ts'
import css from './banners.module.css'

/** Thin lines above the room that say what is unusual about this desk right now. */
export function Banners() {
  const { emulated, emulatorsUrl, demo } = useMe()
  const live = useLiveState()
  const [first, second] = emulated.map((what) => t(`frame.emulated.${what}`))
  const what = first && second ? t('frame.emulated.and', { a: first, b: second }) : (first ?? second)
  return (
    <>
      {live === 'reconnecting' && <Reconnecting />}
      {demo && (
        <div className={css.banner} role="status">
          {t('frame.demo', demo)}
          <progress className={css.progress} value={demo.done} max={demo.total} aria-label={demo.step} />
        </div>
      )}
      {what && (
        <div className={css.banner}>
          <IconWorld size={16} stroke={1.5} aria-hidden />
          <span className={css.text}>{t('frame.emulated', { what })}</span>
          {emulatorsUrl && (
            <a className={css.link} href={emulatorsUrl} target="_blank" rel="noreferrer">
              {t('frame.emulated.open')}
            </a>
          )}
        </div>
      )}
    </>
  )
}

/** Shown only when the connection stays away: a blink of the network is not news. */
function Reconnecting() {
  const due = useDelayed(2000)
  const said = useRef(false)
  useEffect(() => {
    if (due) said.current = true
  }, [due])
  useEffect(
    () => () => {
      if (said.current) announce(t('frame.live.back'))
    },
    [],
  )
  return (
    due && (
      <div className={css.banner} data-tone="warn" role="status">
        <IconPlugConnectedX size={16} stroke={1.5} aria-hidden />
        {t('frame.live.reconnecting')}
      </div>
    )
  )
}

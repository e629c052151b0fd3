import { useEffect, useRef } from 'react'
import { t } from '../messages/translate.ts'
import { paths, type SettingsSection } from '../paths.ts'
import { Link } from '../ui/link.tsx'
import { sections } from './sections.tsx'
import css from './settings-page.module.css'

const groups = ['you', 'desk', 'access'] as const

/** The sections at the left, in groups; one scrolling line above the page where there is no room at its side. */
export function SectionNav({ current }: { current: SettingsSection }) {
  const nav = useRef<HTMLElement>(null)
  useEffect(() => {
    nav.current?.querySelector(`[data-section="${current}"]`)?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [current])
  return (
    <nav ref={nav} className={css.nav} aria-label={t('settings.title')}>
      {groups.map((group) => (
        <div key={group}>
          <p className={css.group}>{t(`settings.group.${group}`)}</p>
          <ul className={css.list}>
            {sections
              .filter((section) => section.group === group)
              .map(({ name, label, icon: Mark }) => (
                <li key={name}>
                  <Link
                    href={paths.settingsOf(name)}
                    className={css.link}
                    data-section={name}
                    aria-current={name === current ? 'page' : undefined}
                  >
                    <Mark size={16} stroke={1.5} aria-hidden />
                    {t(label)}
                  </Link>
                </li>
              ))}
          </ul>
        </div>
      ))}
    </nav>
  )
}

import { Fragment } from 'react'
import { t } from '../messages/translate.ts'
import css from './kbd.module.css'

const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform)
const names: Record<string, string> = {
  mod: isMac ? '⌘' : 'Ctrl',
  alt: isMac ? '⌥' : 'Alt',
  shift: isMac ? '⇧' : 'Shift',
  Escape: 'Esc',
  // Its sign is missing in many fonts.
  Enter: isMac ? '⏎' : 'Enter',
  ArrowUp: '↑',
  ArrowDown: '↓',
}

/** Keys as in the shortcut registry: `j`, `mod+k`, `g i`. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span className={css.keys}>
      {keys.split(' ').map((press, index) => (
        <Fragment key={`${press}${String(index)}`}>
          {index > 0 && <span className={css.then}>{t('keys.then')}</span>}
          {press.split('+').map((key) => (
            <kbd key={key} className={css.key}>
              {names[key] ?? (key.length === 1 ? key.toUpperCase() : key)}
            </kbd>
          ))}
        </Fragment>
      ))}
    </span>
  )
}

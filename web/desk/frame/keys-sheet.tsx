import { Modal } from '@mantine/core'
import { t } from '../messages/translate.ts'
import { type Shortcut, type ShortcutGroup, useShortcuts } from '../shortcuts.ts'
import { Kbd } from '../ui/kbd.tsx'
import css from './keys-sheet.module.css'
import { closeOverlay } from './overlays.ts'

const groups: { group: ShortcutGroup; title: string }[] = [
  { group: 'here', title: t('keys.here') },
  { group: 'go', title: t('keys.go') },
  { group: 'everywhere', title: t('keys.everywhere') },
]

/** Every key that works right now, read from the registry. */
export function KeysSheet() {
  const shortcuts = useShortcuts()
  const of = (group: ShortcutGroup): Shortcut[] => shortcuts.filter((shortcut) => (shortcut.group ?? 'here') === group)
  return (
    <Modal
      opened
      onClose={closeOverlay}
      title={t('keys.title')}
      size={640}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      <div className={css.groups}>
        {groups.map(
          ({ group, title }) =>
            of(group).length > 0 && (
              <section key={group} className={css.group}>
                <h3 className={css.title}>{title}</h3>
                <dl className={css.list}>
                  {of(group).map(({ keys, label }) => (
                    <div key={keys} className={css.row}>
                      <dt>{label}</dt>
                      <dd className={css.keys}>
                        <Kbd keys={keys} />
                      </dd>
                    </div>
                  ))}
                </dl>
              </section>
            ),
        )}
      </div>
    </Modal>
  )
}

import { Popover } from '@mantine/core'
import { IconPlus, IconTag } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { t } from '../../messages/translate.ts'
import { useShortcut } from '../../shortcuts.ts'
import { HeaderButton } from './header-button.tsx'
import css from './tags-editor.module.css'

const TagsField = lazy(() => import('./tags-field.tsx').then(({ TagsField }) => ({ default: TagsField })))

type Props = { tags: readonly string[]; reason: string | null; onChange: (tags: string[]) => void }

/** The tags of a ticket and the field that changes them. Saved when the field closes, as one change. */
export function TagsEditor({ tags, reason, onChange }: Props) {
  const [open, setOpen] = useState(false)
  const [edited, setEdited] = useState<string[]>([])
  const begin = (): void => {
    setEdited([...tags])
    setOpen(true)
  }
  const end = (): void => {
    setOpen(false)
    if (edited.join(' ') !== tags.join(' ')) onChange(edited)
  }
  useShortcut(!reason && { keys: 't', label: t('ticket.tag'), run: begin })
  const shown = tags.map((tag) => (
    <span key={tag} className={css.tag}>
      {tag}
    </span>
  ))
  if (reason) return <span className={css.tags}>{shown}</span>
  return (
    <Popover opened={open} onChange={(next) => !next && end()} width={300} position="bottom-start" trapFocus>
      <Popover.Target>
        <HeaderButton label={t('ticket.tags')} plain onClick={() => (open ? end() : begin())}>
          {tags.length > 0 ? (
            <span className={css.tags}>{shown}</span>
          ) : (
            <>
              <IconTag size={16} stroke={1.5} aria-hidden />
              <IconPlus size={12} stroke={1.75} aria-hidden />
            </>
          )}
        </HeaderButton>
      </Popover.Target>
      <Popover.Dropdown p="sm" aria-label={t('ticket.tags')}>
        <Suspense>{open && <TagsField tags={edited} onChange={setEdited} onEnd={end} />}</Suspense>
      </Popover.Dropdown>
    </Popover>
  )
}

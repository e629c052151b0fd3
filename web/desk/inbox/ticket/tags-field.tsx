import { TagsInput } from '@mantine/core'
import { useMemo } from 'react'
import { t } from '../../messages/translate.ts'
import { queryClient } from '../../query-client.ts'
import css from './tags-editor.module.css'

type Props = { tags: string[]; onChange: (tags: string[]) => void; onEnd: () => void }

const allowed = /^[\p{L}\p{N}][\p{L}\p{N}_-]{0,39}$/u

/** The field in which tags are added and taken away; what a tag may not be is not taken. */
export function TagsField({ tags, onChange, onEnd }: Props) {
  const known = useMemo(() => tagsInLists(), [])
  return (
    <>
      <TagsInput
        aria-label={t('ticket.tags')}
        placeholder={t('ticket.tagPlaceholder')}
        value={tags}
        data={known}
        maxTags={30}
        limit={8}
        splitChars={[',', ' ']}
        comboboxProps={{ withinPortal: false }}
        autoFocus
        onChange={(next) => onChange(next.map((tag) => tag.trim().toLowerCase()).filter((tag) => allowed.test(tag)))}
        onKeyDown={(event) => {
          if (event.key === 'Escape' || (event.key === 'Enter' && event.currentTarget.value === '')) onEnd()
        }}
      />
      <p className={css.hint}>{t('ticket.tagHint')}</p>
    </>
  )
}

/** Tags seen in the loaded lists, the most frequent first. */
function tagsInLists(): string[] {
  const seen = new Map<string, number>()
  for (const [, data] of queryClient.getQueriesData<{ pages?: { items: { tags: string[] }[] }[] }>({
    queryKey: ['GET', '/tickets'],
  }))
    for (const tag of data?.pages?.flatMap(({ items }) => items.flatMap(({ tags }) => tags)) ?? [])
      seen.set(tag, (seen.get(tag) ?? 0) + 1)
  return [...seen].toSorted(([, a], [, b]) => b - a).map(([tag]) => tag)
}

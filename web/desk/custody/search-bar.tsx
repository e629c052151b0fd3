import { Button, Checkbox, CloseButton, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconAdjustmentsHorizontal, IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { t } from '../messages/translate.ts'
import { useGo } from '../page-params.ts'
import { type CustodyFilters, paths } from '../paths.ts'
import { useShortcut } from '../shortcuts.ts'
import { filterWords, usable } from './filter-words.ts'
import { custodyQuery, isSearch } from './queries.ts'
import css from './search-bar.module.css'

type Text = 'sender' | 'recipient' | 'subject' | 'messageId' | 'from' | 'to'

/** What is looked for: the sender in sight, the rest behind a button. All of it stands in the address. */
export function SearchBar({ filters }: { filters: CustodyFilters }) {
  const go = useGo()
  const { data } = useQuery(custodyQuery)
  const { sender: _sender, ...others } = filters
  const [open, setOpen] = useState(() => isSearch(others))
  const field = useRef<HTMLInputElement>(null)
  useShortcut({ keys: 'f', label: t('custody.find'), run: () => field.current?.focus() })
  const show = (part: CustodyFilters): void => go(paths.custodyList({ ...filters, ...part }), { replace: true })
  const { disposition, sourceId } = filters
  const kept = { ...(disposition && { disposition }), ...(sourceId && { sourceId }) }
  const mailbox = data?.sources.find(({ id }) => id === sourceId)?.title
  const input = (name: Text) => ({ name, value: filters[name] ?? '', onFind: (text: string) => show({ [name]: text }) })
  return (
    <search className={css.search} aria-label={t('custody.search')}>
      <div className={css.line}>
        <Field
          {...input('sender')}
          fieldRef={field}
          label={t('custody.find.sender')}
          hiddenLabel
          placeholder={t('custody.find.sender.placeholder')}
          isSearch
          tooShort={t('custody.find.tooShort')}
        />
        <Button
          variant="default"
          aria-expanded={open}
          leftSection={<IconAdjustmentsHorizontal size={16} stroke={1.5} />}
          onClick={() => setOpen(!open)}
        >
          {t('custody.filters')}
        </Button>
      </div>
      {open && (
        <div className={css.more}>
          <Field {...input('subject')} label={t('custody.find.subject')} />
          <Field {...input('recipient')} label={t('custody.find.recipient')} tooShort={t('custody.find.tooShort')} />
          <Field {...input('messageId')} label={t('custody.messageId')} wide />
          <Field {...input('from')} label={t('custody.find.from')} type="date" />
          <Field {...input('to')} label={t('custody.find.to')} type="date" />
          <Checkbox
            className={css.wide}
            label={t('custody.find.flagged')}
            checked={filters.flagged === 'true'}
            onChange={(event) => show({ flagged: event.currentTarget.checked ? 'true' : '' })}
          />
        </div>
      )}
      {isSearch(filters) && (
        <p className={css.words}>
          <span>{filterWords(filters, mailbox)}</span>
          <button type="button" className={css.clear} onClick={() => go(paths.custodyList(kept))}>
            {t('custody.find.clear')}
          </button>
        </p>
      )}
    </search>
  )
}

type FieldProps = {
  name: Text
  value: string
  onFind: (text: string) => void
  label: string
  hiddenLabel?: boolean
  placeholder?: string
  type?: 'date'
  isSearch?: boolean
  wide?: boolean
  /** Said while fewer than three characters are typed; nothing is looked for until then. */
  tooShort?: string
  fieldRef?: React.Ref<HTMLInputElement>
}

function Field({
  name,
  value,
  onFind,
  label,
  hiddenLabel,
  placeholder,
  type,
  isSearch: main,
  wide,
  tooShort,
  fieldRef,
}: FieldProps) {
  const [typed, setTyped] = useState(value)
  const [known, setKnown] = useState(value)
  // Another address (a link, the way back) fills the field; one's own typing stays as it is.
  if (value !== known) {
    setKnown(value)
    if (value !== typed.trim()) setTyped(value)
  }
  const find = useDebouncedCallback((text: string) => onFind(text.trim()), 300)
  const change = (text: string): void => {
    setTyped(text)
    find(text)
  }
  return (
    <TextInput
      ref={fieldRef}
      className={wide ? css.wide : css.field}
      type={type ?? (main ? 'search' : 'text')}
      name={name}
      {...(hiddenLabel ? { 'aria-label': label } : { label })}
      placeholder={placeholder}
      leftSection={main && <IconSearch size={16} stroke={1.5} />}
      rightSection={
        typed && type !== 'date' ? (
          <CloseButton size="sm" aria-label={t('custody.find.empty', { field: label })} onClick={() => change('')} />
        ) : null
      }
      description={tooShort && typed && !usable(typed) ? tooShort : undefined}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      maxLength={name === 'messageId' ? 998 : 200}
      spellCheck={false}
      autoComplete="off"
      value={typed}
      onChange={(event) => change(event.currentTarget.value)}
    />
  )
}

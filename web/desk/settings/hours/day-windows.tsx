import { TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useId } from 'react'
import { t } from '../../messages/translate.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import css from './hours.module.css'
import { dayProblem, nextWindow, readTime, type Windows } from './week.ts'

type Props = { name: string; windows: Windows; onChange: (windows: Windows) => void }

/** One weekday: its windows in a line, and in words what is wrong with them. */
export function DayWindows({ name, windows, onChange }: Props) {
  const id = useId()
  const problem = dayProblem(windows)
  const set = (at: number, part: Partial<Windows[number]>): void =>
    onChange(windows.map((window, index) => (index === at ? { ...window, ...part } : window)))
  const field = (at: number, end: 'from' | 'to', value: string) => (
    <TextInput
      className={css.time}
      aria-label={t(`hours.${end}`, { day: name, n: at + 1 })}
      aria-describedby={problem ? id : undefined}
      error={problem !== null}
      inputMode="numeric"
      maxLength={5}
      value={value}
      onChange={(event) => set(at, { [end]: event.currentTarget.value })}
      onBlur={() => set(at, { [end]: readTime(value) ?? value })}
    />
  )
  return (
    <div className={css.day}>
      <span className={css.dayName}>{name}</span>
      <div className={css.windows}>
        {windows.length === 0 && <span className="muted">{t('hours.closed')}</span>}
        {windows.map(({ from, to }, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- a window has no identity but its place
          <span key={at} className={css.window}>
            {field(at, 'from', from)}
            <span className="muted">{t('hours.until')}</span>
            {field(at, 'to', to)}
            <IconButton
              size={24}
              icon={IconX}
              label={t('hours.removeWindow', { n: at + 1, day: name })}
              onClick={() => onChange(windows.toSpliced(at, 1))}
            />
          </span>
        ))}
        {problem && (
          <span id={id} className={css.problem}>
            {t(`hours.problem.${problem}`)}
          </span>
        )}
      </div>
      {windows.length < 6 && (
        <IconButton
          icon={IconPlus}
          label={t('hours.addWindow', { day: name })}
          onClick={() => onChange([...windows, nextWindow(windows)])}
        />
      )}
    </div>
  )
}

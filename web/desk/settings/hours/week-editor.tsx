import { Button } from '@mantine/core'
import type { CalendarHours } from '#contract/team.ts'
import { t } from '../../messages/translate.ts'
import { DayWindows } from './day-windows.tsx'
import css from './hours.module.css'
import { weekdays, weeklyHours } from './week.ts'

type Weekly = CalendarHours['weekly']

/** Seven days, each with any number of windows. */
export function WeekEditor({ weekly, onChange }: { weekly: Weekly; onChange: (weekly: Weekly) => void }) {
  const copyMonday = (): void => {
    const monday = weekly[1]
    onChange({ ...weekly, 2: monday, 3: monday, 4: monday, 5: monday })
  }
  return (
    <section className={css.week} aria-label={t('hours.week')}>
      <div className={css.head}>
        <span className={css.title}>{t('hours.week')}</span>
        <span className="muted num">{t('hours.perWeek', { hours: weeklyHours(weekly) })}</span>
        <Button size="xs" variant="default" onClick={copyMonday}>
          {t('hours.copyMonday')}
        </Button>
      </div>
      {weekdays.map((day) => (
        <DayWindows
          key={day}
          name={t(`hours.day.${day}`)}
          windows={weekly[day]}
          onChange={(windows) => onChange({ ...weekly, [day]: windows })}
        />
      ))}
    </section>
  )
}

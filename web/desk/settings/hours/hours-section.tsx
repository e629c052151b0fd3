import { useMutation, useQuery } from '@tanstack/react-query'
import { getCalendar, updateCalendar } from '#contract/team.ts'
import type { ResultOf } from '#contract/endpoint.ts'
import { useRefusal } from '../../access.ts'
import { ApiError } from '../../api-error.ts'
import { call, read } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import { queryClient } from '../../query-client.ts'
import { Card } from '../../ui/card.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Notice } from '../../ui/notice.tsx'
import { toast } from '../../ui/toast.tsx'
import { ChangedMeanwhile } from '../changed-meanwhile.tsx'
import { SaveBar } from '../save-bar.tsx'
import css from '../settings-form.module.css'
import { useVersioned } from '../use-versioned.ts'
import { Holidays } from './holidays.tsx'
import { ReplyTarget } from './reply-target.tsx'
import { dayProblem, weekdays } from './week.ts'
import { WeekEditor } from './week-editor.tsx'
import { isZone, ZonePicker } from './zone-picker.tsx'

const calendarQuery = read(getCalendar, {}, ['calendar'])
type Current = ResultOf<typeof getCalendar>

export function HoursSection() {
  const calendar = useQuery(calendarQuery)
  return <Loaded query={calendar}>{(current) => <HoursForm current={current} />}</Loaded>
}

function HoursForm({ current }: { current: Current }) {
  const refusal = useRefusal('settings.write')
  const form = useVersioned(current)
  const { hours, firstReplySeconds } = form.draft
  const save = useMutation({
    mutationFn: () => call(updateCalendar, { body: { hours, firstReplySeconds, version: form.version } }),
    onSuccess: (saved) => {
      queryClient.setQueryData(calendarQuery.queryKey, saved)
      form.adopt(saved)
      toast(t('settings.saved'))
    },
    onError: (error) => {
      if (error instanceof ApiError && error.code === 'stale') void queryClient.invalidateQueries(calendarQuery)
    },
  })
  const changeHours = (part: Partial<Current['hours']>): void => {
    save.reset()
    form.change({ hours: { ...hours, ...part } })
  }
  const settle = (act: () => void) => (): void => {
    save.reset()
    act()
  }
  const stale = save.error instanceof ApiError && save.error.code === 'stale'
  return (
    <>
      {refusal && <Notice kind="locked">{refusal}</Notice>}
      <ChangedMeanwhile
        show={form.changedMeanwhile}
        type="calendar.changed"
        onReload={settle(form.reload)}
        onKeep={settle(form.rebase)}
      />
      <Card>
        <fieldset className={css.fields} disabled={refusal !== null} aria-label={t('settings.section.hours')}>
          <ReplyTarget
            seconds={firstReplySeconds}
            onChange={(seconds) => form.change({ firstReplySeconds: seconds })}
          />
          <ZonePicker
            value={hours.timeZone}
            disabled={refusal !== null}
            onChange={(timeZone) => changeHours({ timeZone })}
          />
          <WeekEditor weekly={hours.weekly} onChange={(weekly) => changeHours({ weekly })} />
          <Holidays days={hours.holidays} onChange={(holidays) => changeHours({ holidays })} />
        </fieldset>
        <SaveBar
          dirty={form.dirty}
          saving={save.isPending}
          error={stale ? null : save.error}
          problem={form.changedMeanwhile ? t('settings.meanwhile.first') : problemOf(form.draft)}
          onSave={save.mutate}
          onDiscard={settle(form.reload)}
        />
      </Card>
      <p className="muted">{t('hours.stands')}</p>
    </>
  )
}

function problemOf({ hours, firstReplySeconds }: Current): string | null {
  if (weekdays.every((day) => hours.weekly[day].length === 0)) return t('hours.problem.never')
  const marked = weekdays.some((day) => dayProblem(hours.weekly[day]) !== null) || !isZone(hours.timeZone)
  return marked || firstReplySeconds < 60 || firstReplySeconds > 31_536_000 ? t('settings.problems') : null
}

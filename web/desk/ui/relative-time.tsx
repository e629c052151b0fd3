import { Tooltip } from '@mantine/core'
import { useNow } from '../clock.ts'
import { t } from '../messages/translate.ts'
import { exactTime, relativeTime } from './time-words.ts'

type Props = {
  /** RFC 3339. */
  at: string
  /** IANA zone of the customer, shown beside the viewer's when it differs. */
  theirZone?: string | null
}

/** How long ago something was, then its date; on hover and focus the exact time in the viewer's and the customer's zone. */
export function RelativeTime({ at, theirZone }: Props) {
  const now = useNow()
  const instant = Date.parse(at)
  const own = exactTime(instant)
  const theirs = theirZone ? exactTime(instant, theirZone) : own
  const label = (
    <>
      {t('ui.yourTime', { time: own })}
      {theirZone && theirs !== own && (
        <>
          <br />
          {t('ui.theirTime', { time: theirs, zone: theirZone.replaceAll('_', ' ') })}
        </>
      )}
    </>
  )
  return (
    <Tooltip label={label}>
      <time dateTime={at} style={{ whiteSpace: 'nowrap' }}>
        {relativeTime(instant, now)}
      </time>
    </Tooltip>
  )
}

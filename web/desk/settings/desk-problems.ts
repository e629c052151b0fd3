import type { Settings } from '#contract/team.ts'
import { t } from '../messages/translate.ts'

type Problems = Partial<
  Record<
    | 'companyName'
    | 'closedAfterDays'
    | 'purgeDeletedDays'
    | 'undoSeconds'
    | 'ownerMetadataKey'
    | 'stripeReadsPerSecond'
    | 'domainMailsPerMinute'
    | 'domainMailsAtOnce',
    string
  >
>

/** What the server would refuse, said while typing. */
export function deskProblems(draft: Settings): Problems {
  const problems: Problems = {}
  if (draft.companyName.trim() === '') problems.companyName = t('desk.company.missing')
  if (!within(draft.closedAfterDays, 1, 365)) problems.closedAfterDays = t('desk.closedAfter.range')
  if (!within(draft.purgeDeletedDays, 1, 365)) problems.purgeDeletedDays = t('desk.closedAfter.range')
  if (!within(draft.undoSeconds, 0, 60)) problems.undoSeconds = t('desk.undo.range')
  if (!/^[\w-]{1,40}$/.test(draft.ownerMetadataKey)) problems.ownerMetadataKey = t('desk.ownerKey.form')
  if (!within(draft.stripeReadsPerSecond, 1, 1000)) problems.stripeReadsPerSecond = t('desk.stripeReads.range')
  if (!within(draft.domainMailsPerMinute, 0, 1000)) problems.domainMailsPerMinute = t('desk.domainMails.range')
  if (!within(draft.domainMailsAtOnce, 1, 12)) problems.domainMailsAtOnce = t('desk.domainAtOnce.range')
  return problems
}

function within(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max
}

import { type Disposition, getCustody, getCustodyItem, listCustodyItems } from '#contract/custody.ts'
import { read, readPages } from '../api.ts'
import type { CustodyFilters } from '../paths.ts'
import { dayBounds } from './day-bounds.ts'
import { usable } from './filter-words.ts'

export const custodyQuery = read(getCustody, {}, ['custody', 'mailbox'])

export const itemQuery = (id: string) =>
  read(getCustodyItem, { params: { id: id as `itm_${string}` } }, ['custody', 'message', 'tickets'])

/** Parked mail first: that is what somebody must look at. */
export const dispositions = [
  'parked',
  'ticketed',
  'appended',
  'noted',
  'suppressed',
  'duplicate',
  'rejected',
] as const satisfies Disposition[]

export type Shown = Disposition | 'all'

/** What an address shows: parked mail, unless it names something else; what is looked for may be anywhere. */
export function shownBy(filters: CustodyFilters): Shown {
  const { disposition, sourceId } = filters
  const named = dispositions.find((one) => one === disposition)
  if (named) return named
  return disposition === 'all' || sourceId || isSearch(filters) ? 'all' : 'parked'
}

/** Whether something is looked for, beside an outcome or a mailbox. */
export function isSearch({ disposition: _outcome, sourceId: _mailbox, ...rest }: CustodyFilters): boolean {
  return Object.values(rest).some(Boolean)
}

export function itemsQuery(filters: CustodyFilters) {
  const shown = shownBy(filters)
  const { sender, recipient, subject, messageId, sourceId, flagged } = filters
  const query = {
    limit: 50,
    ...(shown !== 'all' && { disposition: shown }),
    ...(usable(sender) && { sender }),
    ...(usable(recipient) && { recipient }),
    ...(subject && { subject }),
    ...(messageId && { messageId }),
    ...dayBounds(filters),
    ...(sourceId && { sourceId: sourceId as `box_${string}` }),
    ...(flagged === 'true' && { flagged: 'true' as const }),
  }
  return readPages(listCustodyItems, { query }, ['custody'])
}

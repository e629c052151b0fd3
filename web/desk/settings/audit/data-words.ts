import type { LedgerEvent } from '#contract/events.ts'
import { formatMoney } from '#contract/money-text.ts'
import { Money } from '#contract/money.ts'
import { Role } from '#contract/team.ts'
import { t } from '../../messages/translate.ts'

type Names = ReadonlyMap<string, string>

/** Numbers in minor units, where the event names its currency. */
const amounts = new Set(['amount', 'max', 'min', 'refunded', 'total'])

/**
 * What an event carries, on one line: `fields company name, csat · version 3`. Ids are named where the name is known, money
 * is written with its currency, what is nested stands in brackets, and who acted is not said twice.
 */
export function dataWords({ data, actor }: Pick<LedgerEvent, 'data' | 'actor'>, names: Names): string {
  const said = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== actor.id))
  return fieldsOf(said, names).join(' · ')
}

type Fields = Readonly<Record<string, unknown>>

/** Each field with something to say: its name and its value. A currency goes with its amounts. */
function fieldsOf(data: Fields, names: Names): string[] {
  const isPriced = Object.keys(data).some((name) => amounts.has(name))
  return Object.entries(data).flatMap(([field, value]) => {
    if (field === 'currency' && isPriced) return []
    const money = amounts.has(field) ? moneyWords(value, data['currency']) : null
    const said = money ?? valueWords(value, names)
    return said === '' ? [] : [`${spaced(field).replace(/ id$/, '')} ${said}`]
  })
}

function moneyWords(amount: unknown, currency: unknown): string | null {
  const money = Money.safeParse({ amount, currency })
  return money.success ? formatMoney(money.data) : null
}

function valueWords(value: unknown, names: Names): string {
  if (value === null || value === undefined || value === '') return ''
  if (Array.isArray(value)) return value.map((one) => valueWords(one, names)).join(', ')
  if (typeof value === 'object') {
    const money = Money.safeParse(value)
    if (money.success) return formatMoney(money.data)
    const fields = fieldsOf(value as Fields, names)
    return fields.length === 0 ? '' : `(${fields.join(', ')})`
  }
  if (typeof value === 'boolean') return value ? t('audit.yes') : t('audit.no')
  const text = String(value)
  const role = Role.safeParse(text)
  if (role.success) return t(`role.${role.data}`)
  // An id says as much by its kind and end as by all of it.
  const id = /^([a-z]{2,3}_)[0-9A-Za-z]{10,}(\w{6})$/.exec(text)
  return names.get(text) ?? (id ? `${id[1]}…${id[2]}` : /^[a-z]+(_[a-z]+)+$/.test(text) ? spaced(text) : text)
}

function spaced(field: string): string {
  return field.replaceAll(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`).replaceAll('_', ' ')
}

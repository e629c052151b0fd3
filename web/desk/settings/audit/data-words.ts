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
 * is written with its currency, and who acted is not said twice.
 */
export function dataWords({ data, actor }: Pick<LedgerEvent, 'data' | 'actor'>, names: Names): string {
  const { currency } = data
  const words = (field: string, value: unknown): string => {
    if (amounts.has(field)) return moneyWords(value, currency) ?? valueWords(value, names)
    return valueWords(value, names)
  }
  return Object.entries(data)
    .flatMap(([field, value]) => {
      if (value === actor.id || (field === 'currency' && Object.keys(data).some((name) => amounts.has(name)))) return []
      const said = words(field, value)
      return said === '' ? [] : [`${spaced(field).replace(/ id$/, '')} ${said}`]
    })
    .join(' · ')
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
    return money.success ? formatMoney(money.data) : JSON.stringify(value)
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

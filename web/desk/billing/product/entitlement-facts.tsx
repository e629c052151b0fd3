import type { ContactEntitlements, Entitlement } from '#contract/entitlements.ts'
import { t, type PlainKey } from '../../messages/translate.ts'
import type { Tone } from '../../tokens.ts'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { RowAction } from '../facts/row-action.tsx'
import css from './product-facts.module.css'

type Props = {
  entitlement: Entitlement
  why: ContactEntitlements['items'][number]['why']
  onAct: (() => void) | undefined
}

/** One account at the product: plan, access, seats and quotas, and from where and when that is known. */
export function EntitlementFacts({ entitlement, why, onAct }: Props) {
  const { key, name, plan, seats, seatsUsed, quotas, source, sourceName, occurredAt } = entitlement
  const [tone, label] = accessLook(entitlement)
  const amounts = [
    seats !== null &&
      (seatsUsed === null ? t('product.seatsOnly', { count: seats }) : t('product.seats', { used: seatsUsed, seats })),
    ...quotas.map(
      ({ name: quota, limit, used }) =>
        limit !== null && used !== null && t('product.quota', { name: quota, used, limit }),
    ),
  ].filter((text) => text !== false)
  return (
    <li className={css.entitlement}>
      <div className={css.head}>
        <span className={css.plan}>{plan ?? name ?? key}</span>
        <StatusBadge tone={tone}>{t(label)}</StatusBadge>
      </div>
      <p className={css.key}>{name && plan ? `${name} · ${key}` : key}</p>
      {amounts.length > 0 && <p className={css.amounts}>{amounts.join(' · ')}</p>}
      {why === 'unverified_address' && <p className={css.doubt}>{t('product.why.unverified_address')}</p>}
      <p className={css.source}>
        <span>
          <RelativeTime at={occurredAt} /> {t(`product.source.${source}`, { name: sourceName })}
        </span>
        {onAct && (
          <RowAction label={t('product.actOn', { key })} onClick={onAct}>
            {t('product.act')}
          </RowAction>
        )}
      </p>
    </li>
  )
}

function accessLook({ access, hasAccess }: Entitlement): [Tone, PlainKey] {
  if (access === 'deleted') return ['neutral', 'product.access.deleted']
  if (access === 'revoked') return ['danger', 'product.access.revoked']
  return hasAccess ? ['done', 'product.access.granted'] : ['warn', 'product.access.ended']
}

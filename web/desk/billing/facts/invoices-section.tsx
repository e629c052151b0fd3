import type { ContactBilling } from '#contract/billing.ts'
import { t } from '../../messages/translate.ts'
import { MoneyText } from '../../ui/money-text.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { Section } from '../../ui/section.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { useBillingOverlay } from '../overlay.ts'
import css from './invoices-section.module.css'
import { invoiceLook } from './looks.ts'
import { RowAction } from './row-action.tsx'

type Customers = ContactBilling['customers']

/** The invoices of every linked customer, newest first; folded until asked for, since the charges say most of it. */
export function InvoicesSection({ customers }: { customers: Customers }) {
  const { open } = useBillingOverlay()
  const invoices = customers.flatMap(({ invoices }) => invoices).sort((a, b) => b.createdAt.localeCompare(a.createdAt))
  if (customers.length === 0) return null
  return (
    <Section name="billing.invoices" title={t('billing.invoices')} count={invoices.length} open={false}>
      {invoices.length === 0 && <p className={css.none}>{t('billing.invoices.none')}</p>}
      <ul className={css.list}>
        {invoices.map(({ id, number, status, total, due, createdAt, chargeId }) => {
          const { tone, label } = invoiceLook(status)
          return (
            <li key={id} className={css.invoice}>
              <div className={css.line}>
                <span className={css.number}>{number ?? t('billing.invoices.noNumber')}</span>
                <span className={css.amount}>
                  <MoneyText money={total} strong />
                </span>
              </div>
              <div className={css.line}>
                <span className={css.when}>
                  <RelativeTime at={createdAt} />
                </span>
                <StatusBadge tone={tone} quiet>
                  {label}
                </StatusBadge>
                {status === 'open' && due.amount !== total.amount && (
                  <span className={css.due}>
                    {t('billing.invoices.due')} <MoneyText money={due} />
                  </span>
                )}
                <span className={css.rest} />
                {status !== 'draft' && (
                  <RowAction
                    label={t('billing.whyInvoice', { number: number ?? id })}
                    onClick={() => open({ kind: 'explain', subject: chargeId ?? id })}
                  >
                    {t('billing.why')}
                  </RowAction>
                )}
              </div>
            </li>
          )
        })}
      </ul>
    </Section>
  )
}

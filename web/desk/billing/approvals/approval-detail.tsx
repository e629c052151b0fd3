import { lazy, Suspense, useState } from 'react'
import type { Approval } from '#contract/billing.ts'
import { formatMoney } from '#contract/money-text.ts'
import { t } from '../../messages/translate.ts'
import { paths } from '../../paths.ts'
import { type Fact, FactsList } from '../../ui/facts-list.tsx'
import { Link } from '../../ui/link.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { SheetPart } from '../../ui/sheet.tsx'
import { RowAction } from '../facts/row-action.tsx'
import { LiveOperation } from '../operations/live-operation.tsx'
import { ApprovalsPart } from '../refund/approvals-part.tsx'
import { AuthorityPart } from '../refund/authority-part.tsx'
import { EffectsList } from '../refund/effects-list.tsx'
import { PolicyTrace } from '../refund/policy-trace.tsx'
import css from './approval-detail.module.css'
import { RefundedBefore } from './refunded-before.tsx'

const Explainer = lazy(() => import('../explainer/explainer.tsx').then((file) => ({ default: file.Explainer })))

/** What is asked, why, for whom, what the policy said, what came back before, and exactly what the requester saw. */
export function ApprovalDetail({ approval }: { approval: Approval }) {
  const { operation, state, because, mayDecide, mayNotBecause, seen, contact } = approval
  const asSeen = seen.approvals.map((needed) => needed.because).join(' ')
  return (
    <div className={css.column}>
      {state === 'open' && !mayDecide && <p className={css.mayNot}>{mayNotBecause ?? t('approvals.mayNot')}</p>}
      <SheetPart title={t('approvals.what')}>
        <Summary approval={approval} />
      </SheetPart>
      <SheetPart title={t('approvals.why')}>
        {asSeen === because ? <ApprovalsPart approvals={seen.approvals} /> : <p className={css.because}>{because}</p>}
      </SheetPart>
      <SheetPart title={t('refund.requester')}>
        <AuthorityPart authority={seen.authority} customer={null} />
      </SheetPart>
      {operation.money && (
        <SheetPart title={t('approvals.before')}>
          {contact ? (
            <RefundedBefore contactId={contact.id} charge={operation.target.charge} />
          ) : (
            <p className={css.none}>{t('approvals.before.unknown')}</p>
          )}
        </SheetPart>
      )}
      <SheetPart title={t('approvals.seen')} aside={<span className={css.when}>{t('approvals.seenHint')}</span>}>
        <EffectsList effects={seen.effects} />
        <ul className={css.reasons}>
          {seen.reasons.map(({ code, sentence }) => (
            <li key={code}>{sentence}</li>
          ))}
        </ul>
        {seen.trace.length > 0 && <PolicyTrace preview={seen} />}
      </SheetPart>
      {state !== 'open' && (
        <div className={css.operation}>
          <LiveOperation id={operation.id} />
        </div>
      )}
    </div>
  )
}

function Summary({ approval }: { approval: Approval }) {
  const [explained, setExplained] = useState<'never' | 'open' | 'closed'>('never')
  const { operation, contact, ticketId, ticketNumber, requestedBy, createdAt, expiresAt, state } = approval
  const { charge } = operation.target
  const facts: (Fact | false | null)[] = [
    operation.money && {
      label: t('approvals.amount'),
      value: (
        <>
          <span className="num">{formatMoney(operation.money)}</span>
          {approval.seen.allowed && (
            <span className={css.muted}>
              {' '}
              {t('approvals.ofAllowed', { max: formatMoney(approval.seen.allowed.max) })}
            </span>
          )}
        </>
      ),
    },
    operation.product && { label: t('product.action'), value: operation.product.title },
    operation.product && { label: t('product.key'), value: <span className={css.code}>{operation.product.key}</span> },
    operation.cause !== null && { label: t('refund.cause'), value: t(`cause.${operation.cause}`) },
    operation.note !== null && { label: t('refund.note'), value: operation.note },
    { label: t('approvals.for'), value: contact?.name ?? t('approvals.noContact') },
    ticketId !== null && {
      label: t('operation.ticket'),
      value: (
        <Link href={paths.ticket(ticketId)} className={css.link}>
          {ticketNumber === null ? t('operation.openTicket') : `#${String(ticketNumber)}`}
        </Link>
      ),
    },
    charge !== null && {
      label: t('operation.charge'),
      value: (
        <>
          <span className={css.code}>{charge}</span>{' '}
          <RowAction label={t('billing.whyCharge', { charge })} onClick={() => setExplained('open')}>
            {t('billing.why')}
          </RowAction>
        </>
      ),
    },
    {
      label: t('operation.requestedBy'),
      value: (
        <>
          {requestedBy.name} · <RelativeTime at={createdAt} />
        </>
      ),
    },
    state === 'open' && { label: t('approvals.expires'), value: <RelativeTime at={expiresAt} /> },
    approval.decidedBy && { label: t('approvals.decidedBy'), value: approval.decidedBy.name },
    approval.reason !== null && approval.reason !== '' && { label: t('approvals.reason'), value: approval.reason },
  ]
  return (
    <>
      <FactsList facts={facts} />
      {charge !== null && explained !== 'never' && (
        <Suspense>
          <Explainer subject={charge} opened={explained === 'open'} onClose={() => setExplained('closed')} />
        </Suspense>
      )}
    </>
  )
}

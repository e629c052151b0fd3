import '../../messages/rooms/addresses.ts'
import '../../messages/rooms/sending.ts'
import { useQuery } from '@tanstack/react-query'
import { readDelivery, resendTo } from '#contract/deliveries.ts'
import type { Message } from '#contract/inbox.ts'
import { call, read } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import { FactsList } from '../../ui/facts-list.tsx'
import { FormError } from '../../ui/form-error.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Sheet, SheetBody, SheetPart } from '../../ui/sheet.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { exactTime } from '../../ui/time-words.ts'
import { useFocusBack } from '../../ui/use-focus-back.ts'
import css from './delivery-sheet.module.css'
import { OthersFields } from './others-fields.tsx'
import { SendToOthers } from './send-to-others.tsx'
import { useSendToOthers } from './use-send-to-others.ts'

type Props = { message: Message; mayWrite: boolean; onClose: () => void }

const tones = { sent: 'done', retry: 'warn', failed: 'danger', unknown: 'danger' } as const

const kinds = { hard: 'danger', soft: 'warn', block: 'warn', complaint: 'danger' } as const

/** Every try of a mail that left, what was reported of it later, who has it, and a way to send it to whom it was meant for. */
export function DeliverySheet({ message, mayWrite, onClose }: Props) {
  useFocusBack()
  const delivery = useQuery(read(readDelivery, { params: { id: message.id } }, [`ticket:${message.ticketId}`]))
  const sending = useSendToOthers({
    ticketId: message.ticketId,
    body: (recipients) => recipients,
    send: (body, options) => call(resendTo, { params: { id: message.id }, body }, options),
    onSent: onClose,
  })
  const maySend = mayWrite && message.kind === 'reply'
  return (
    <Sheet opened onClose={onClose} title={t('tries.title')}>
      <SheetBody>
        <Loaded query={delivery}>
          {({ accepted, refused, attempts, failures, resendOf, resentAs }) => (
            <>
              <div className={css.has}>
                <FactsList
                  facts={[
                    {
                      label: t('tries.has'),
                      value:
                        accepted.join(', ') ||
                        t(message.delivery?.state === 'failed' ? 'tries.nobodyEver' : 'tries.nobody'),
                    },
                    ...(refused.length > 0 ? [{ label: t('tries.refused'), value: refused.join(', ') }] : []),
                  ]}
                />
              </div>
              {resendOf && <p className="muted">{t('tries.isRepeat')}</p>}
              {resentAs.length > 0 && <p className="muted">{t('tries.repeated', { count: resentAs.length })}</p>}
              {failures.length > 0 && (
                <SheetPart title={t('tries.failures')}>
                  <ul className={css.tries}>
                    {failures.map(({ address, kind, reason, status, delayed, at }) => (
                      <li key={address} className={css.try}>
                        <div className={css.head}>
                          <span className={css.who}>{address}</span>
                          <StatusBadge tone={delayed ? 'warn' : kinds[kind]}>
                            {t(delayed ? 'tries.kind.delayed' : `tries.kind.${kind}`)}
                          </StatusBadge>
                          <time className={css.when}>{exactTime(Date.parse(at))}</time>
                        </div>
                        {t(`address.reason.${reason}`)} {status && <code>{status}</code>}
                      </li>
                    ))}
                  </ul>
                </SheetPart>
              )}
              <SheetPart title={t('tries.list')}>
                {attempts.length === 0 && <p className="muted">{t('tries.none')}</p>}
                <ol className={css.tries}>
                  {attempts.map(({ attempt, at, outcome, answer, recipients }) => (
                    <li key={attempt} className={css.try}>
                      <div className={css.head}>
                        <span>{t('tries.number', { number: attempt })}</span>
                        <StatusBadge tone={tones[outcome]}>{t(`tries.${outcome}`)}</StatusBadge>
                        <time className={css.when}>{exactTime(Date.parse(at))}</time>
                      </div>
                      {recipients.length > 0 && <div className={css.who}>{recipients.join(', ')}</div>}
                      <code className={css.answer}>{answer}</code>
                    </li>
                  ))}
                </ol>
              </SheetPart>
            </>
          )}
        </Loaded>
        {maySend && (
          <SheetPart title={t('tries.others')}>
            <p className="muted">{t('tries.othersHint')}</p>
            <OthersFields {...sending} />
            <FormError error={sending.error} />
          </SheetPart>
        )}
      </SheetBody>
      {maySend && <SendToOthers {...sending} action={t('tries.send')} />}
    </Sheet>
  )
}

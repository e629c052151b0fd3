import type { CustodyDetail } from '#contract/custody.ts'
import { AttachmentTiles } from '../inbox/conversation/attachment-tiles.tsx'
import { t } from '../messages/translate.ts'
import { paths } from '../paths.ts'
import { FactsList } from '../ui/facts-list.tsx'
import { Link } from '../ui/link.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { Section } from '../ui/section.tsx'
import css from './item-pane.module.css'

/** How one mail was placed, proven and repeated; parts it does not have are absent. */
export function ItemSections({ item }: { item: CustodyDetail }) {
  const { history, threading, auth, attachments, duplicates, duplicateOf } = item
  return (
    <div className={css.sections}>
      <h2 className="sr-only">{t('custody.details')}</h2>
      <Section name="custody.history" title={t('custody.history')} count={history.length}>
        <ol className={css.history}>
          {history.map(({ at, disposition, actor }, index) => (
            <li key={at + String(index)}>
              <RelativeTime at={at} />
              <span>
                {t(`custody.one.${disposition}`)}
                <span className="muted">
                  {' · '}
                  {index === 0
                    ? t('custody.history.arrived')
                    : t('custody.history.rerun', { name: actor.name ?? t(`custody.actor.${actor.kind}`) })}
                </span>
              </span>
            </li>
          ))}
        </ol>
      </Section>
      {threading && (
        <Section name="custody.threading" title={t('custody.threading')}>
          <FactsList
            facts={[
              threading.reason !== item.reason && { label: t('custody.why'), value: threading.reason },
              {
                label: t('custody.threading.rule'),
                value: threading.rule.replace(/^(\d+) /, '$1 · ').replaceAll('_', ' '),
              },
              threading.matchedKey !== null && {
                label: t('custody.threading.key'),
                value: <code className={css.code}>{threading.matchedKey}</code>,
              },
            ]}
          />
        </Section>
      )}
      {auth && (
        <Section name="custody.auth" title={t('custody.auth')}>
          <FactsList
            facts={(['spf', 'dkim', 'dmarc'] as const).map((what) => ({
              label: what.toUpperCase(),
              value: t(`custody.auth.${auth[what]}`),
            }))}
          />
        </Section>
      )}
      {attachments.length > 0 && (
        <Section name="custody.files" title={t('message.attachments')} count={attachments.length}>
          <AttachmentTiles files={attachments} />
        </Section>
      )}
      {(duplicateOf !== null || duplicates.length > 0) && (
        <Section name="custody.copies" title={t('custody.copies')}>
          <ul className={css.history}>
            {duplicateOf && <Copy item={duplicateOf} label={t('custody.copies.first')} />}
            {duplicates.map((copy) => (
              <Copy key={copy.id} item={copy} label={t('custody.copies.again')} />
            ))}
          </ul>
        </Section>
      )}
    </div>
  )
}

function Copy({ item, label }: { item: CustodyDetail['duplicates'][number]; label: string }) {
  return (
    <li>
      <RelativeTime at={item.receivedAt} />
      <Link className="link" href={paths.custodyItem(item.id, { disposition: 'all' })}>
        {label} · {item.source.title}
      </Link>
    </li>
  )
}

import '../../messages/rooms/sending.ts'
import { Button, Select } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { checkDkimKey, createDkimKey, type DkimKey, listDkimKeys, switchDkimKey } from '#contract/sending.ts'
import { call, keyOf, read } from '../../api.ts'
import { t } from '../../messages/translate.ts'
import { queryClient } from '../../query-client.ts'
import { Card } from '../../ui/card.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { CopyText } from '../../ui/copy-text.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { errorToast } from '../../ui/toast.tsx'
import css from '../settings-form.module.css'
import own from './signing-card.module.css'

const keysQuery = read(listDkimKeys, {}, ['mailbox'])
const refresh = () => queryClient.invalidateQueries({ queryKey: keyOf(listDkimKeys) })

/** The keys that sign mail, with the records they need in the DNS. */
export function SigningCard() {
  const keys = useQuery(keysQuery)
  return (
    <Card title={t('dkim.title')}>
      <p className={`muted ${css.hint}`}>{t('dkim.hint')}</p>
      <Loaded query={keys}>
        {({ domains, items }) => (
          <div className={css.stack}>
            {items.length === 0 && <p className={own.none}>{t('dkim.none')}</p>}
            {items.map((key) => (
              <KeyRow key={`${key.domain} ${key.selector}`} dkim={key} />
            ))}
            <MakeKey domains={domains} />
          </div>
        )}
      </Loaded>
    </Card>
  )
}

function KeyRow({ dkim }: { dkim: DkimKey }) {
  const params = { domain: dkim.domain, selector: dkim.selector }
  const check = useMutation({
    mutationFn: () => call(checkDkimKey, { params }),
    onSuccess: refresh,
    onError: errorToast,
  })
  const change = useMutation({
    mutationFn: (body: { enabled?: boolean; retired?: true }) => call(switchDkimKey, { params, body }),
    onSuccess: refresh,
    onError: errorToast,
  })
  const retire = async (): Promise<void> => {
    const sure = await confirm({
      title: t('dkim.retire.ask'),
      body: t('dkim.retire.why'),
      action: t('dkim.retire'),
      danger: true,
    })
    if (sure) change.mutate({ retired: true })
  }
  // A key whose record nobody can read makes mail look forged: it is checked before it is switched on.
  const isRight = dkim.checkedAt !== null && !dkim.problem
  const state = dkim.retired ? 'retired' : dkim.enabled ? 'on' : 'off'
  return (
    <section className={own.key} aria-label={dkim.record.name}>
      <div className={own.head}>
        <span className={css.name}>{dkim.domain}</span>
        <StatusBadge tone={state === 'on' ? 'done' : 'neutral'}>{t(`dkim.${state}`)}</StatusBadge>
        <span className="muted">{t(`dkim.${dkim.algorithm}`)}</span>
      </div>
      {!dkim.retired && (
        <>
          <Published label={t('dkim.name')} text={dkim.record.name} />
          <Published label={t('dkim.value')} text={dkim.record.value} />
          <p className={dkim.problem ? css.warning : 'muted'} role="status">
            {dkim.problem ?? (dkim.checkedAt ? t('dkim.right') : t('dkim.unchecked'))}
          </p>
          <div className={css.buttons}>
            <Button variant="subtle" color="red" onClick={() => void retire()}>
              {t('dkim.retire')}
            </Button>
            <Button
              variant={dkim.enabled || isRight ? 'default' : 'filled'}
              loading={check.isPending}
              onClick={() => check.mutate()}
            >
              {t('dkim.check')}
            </Button>
            <Button
              variant={!dkim.enabled && isRight ? 'filled' : 'default'}
              loading={change.isPending}
              onClick={() => change.mutate({ enabled: !dkim.enabled })}
            >
              {dkim.enabled ? t('dkim.switchOff') : t('dkim.switchOn')}
            </Button>
          </div>
        </>
      )}
    </section>
  )
}

function Published({ label, text }: { label: string; text: string }) {
  return (
    <div>
      <p className={css.label}>{label}</p>
      <div className={css.secret}>
        <code>{text}</code>
        <CopyText text={text} />
      </div>
    </div>
  )
}

function MakeKey({ domains }: { domains: string[] }) {
  const [domain, setDomain] = useState(domains[0] ?? null)
  const [algorithm, setAlgorithm] = useState<DkimKey['algorithm']>('rsa')
  const make = useMutation({
    mutationFn: () => call(createDkimKey, { body: { domain: domain ?? '', algorithm } }),
    onSuccess: refresh,
    onError: errorToast,
  })
  return (
    <div className={own.make}>
      <Select label={t('dkim.domain')} data={domains} allowDeselect={false} value={domain} onChange={setDomain} />
      <Select
        label={t('dkim.kind')}
        data={(['rsa', 'ed25519'] as const).map((value) => ({ value, label: t(`dkim.kind.${value}`) }))}
        allowDeselect={false}
        value={algorithm}
        onChange={(value) => setAlgorithm(value === 'ed25519' ? 'ed25519' : 'rsa')}
      />
      <Button variant="default" disabled={domain === null} loading={make.isPending} onClick={() => make.mutate()}>
        {t('dkim.make')}
      </Button>
    </div>
  )
}

import { UnstyledButton } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { useId, useState } from 'react'
import type { RefundPreview } from '#contract/billing.ts'
import { t } from '../../messages/translate.ts'
import css from './policy-trace.module.css'

type Props = { preview: Pick<RefundPreview, 'trace' | 'policyVersion'>; open?: boolean }

/** Every rule the policy went through, with what it saw and what it answered. */
export function PolicyTrace({ preview, open: initially = false }: Props) {
  const [open, setOpen] = useState(initially)
  const id = useId()
  return (
    <div>
      <UnstyledButton className={css.toggle} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        <IconChevronRight size={16} stroke={1.5} aria-hidden className={css.chevron} />
        {t('trace.title', { version: String(preview.policyVersion) })}
      </UnstyledButton>
      <div id={id} hidden={!open}>
        <table className={css.table} aria-label={t('trace.title', { version: String(preview.policyVersion) })}>
          <thead>
            <tr>
              <th scope="col">{t('trace.rule')}</th>
              <th scope="col">{t('trace.input')}</th>
              <th scope="col">{t('trace.result')}</th>
            </tr>
          </thead>
          <tbody>
            {preview.trace.map(({ rule, input, result }, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- the steps of a trace have no identity but their place
              <tr key={index}>
                <td>{rule.replaceAll('_', ' ')}</td>
                <td>{input.replaceAll('_', ' ')}</td>
                <td>{result.replaceAll('_', ' ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}

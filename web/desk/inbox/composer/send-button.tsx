import { Button, Menu } from '@mantine/core'
import { IconCheck, IconChevronDown, IconHourglass, IconSend } from '@tabler/icons-react'
import { t } from '../../messages/translate.ts'
import { DisabledReason } from '../../ui/disabled-reason.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import css from './send-button.module.css'

export type StatusAfter = 'open' | 'pending' | 'solved' | undefined

type Props = {
  kind: 'reply' | 'note'
  reason: string | null
  busy: boolean
  onSend: (status?: StatusAfter) => void
}

/** Sends, with what the ticket becomes by it in a menu. A note only adds itself. */
export function SendButton({ kind, reason, busy, onSend }: Props) {
  const main = (
    <DisabledReason reason={reason}>
      <Button
        className={kind === 'reply' ? css.main : undefined}
        loading={busy}
        rightSection={
          <span className={css.keys}>
            <Kbd keys="mod+Enter" />
          </span>
        }
        onClick={() => onSend()}
      >
        {kind === 'reply' ? t('composer.send') : t('composer.addNote')}
      </Button>
    </DisabledReason>
  )
  if (kind === 'note') return main
  return (
    <div className={css.group}>
      {main}
      <Menu position="top-end" width={240}>
        <Menu.Target>
          <Button className={css.more} aria-label={t('composer.sendMore')} disabled={busy || reason !== null}>
            <IconChevronDown size={16} stroke={1.75} aria-hidden />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconCheck size={16} stroke={1.5} />}
            rightSection={<Kbd keys="mod+shift+Enter" />}
            onClick={() => onSend('solved')}
          >
            {t('composer.sendSolve')}
          </Menu.Item>
          <Menu.Item leftSection={<IconHourglass size={16} stroke={1.5} />} onClick={() => onSend('pending')}>
            {t('composer.sendPending')}
          </Menu.Item>
          <Menu.Item leftSection={<IconSend size={16} stroke={1.5} />} onClick={() => onSend('open')}>
            {t('composer.sendOpen')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  )
}

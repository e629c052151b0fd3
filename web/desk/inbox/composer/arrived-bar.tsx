import { Button } from '@mantine/core'
import { IconMessageDown } from '@tabler/icons-react'
import { t } from '../../messages/translate.ts'
import css from './composer.module.css'

type Props = { count: number; warned: boolean; onRead: () => void }

/** Says that others have written since this was begun; the first try to send stops here. */
export function ArrivedBar({ count, warned, onRead }: Props) {
  return (
    <div className={css.bar} role="status" data-warned={warned || undefined}>
      <IconMessageDown size={16} stroke={1.5} aria-hidden />
      <span className={css.barText}>
        {t('composer.arrived', { count })}
        {warned && ` ${t('composer.sendAgain')}`}
      </span>
      <Button variant="default" size="xs" onClick={onRead}>
        {t('composer.haveRead')}
      </Button>
    </div>
  )
}

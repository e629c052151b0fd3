import '../../messages/rooms/settings.ts'
import { useRefusal } from '../../access.ts'
import { Notice } from '../../ui/notice.tsx'
import css from '../settings-form.module.css'
import { ActionsCard } from './actions-card.tsx'
import { ImportCard } from './import-card.tsx'
import { PortCard } from './port-card.tsx'

/** The company's own product: how the two speak, what it may be asked to do, and a list of what it grants. */
export function ProductSection() {
  const refusal = useRefusal('settings.write')
  return (
    <div className={css.stack}>
      {refusal && <Notice kind="locked">{refusal}</Notice>}
      {!refusal && <PortCard />}
      {!refusal && <ActionsCard />}
      <ImportCard />
    </div>
  )
}

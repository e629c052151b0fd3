import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import { t } from '../messages/translate.ts'
import css from './resizer.module.css'

type Props = {
  label: string
  size: number
  onSize: (size: number) => void
  initial: number
  min: number
  max: number
  /** Which edge of its pane it is: dragging the start edge right makes the pane smaller. */
  edge?: 'start' | 'end'
}

/** The edge of a pane: drag it, move it by arrow keys, double-click for the width it came with. */
export function Resizer({ label, size, onSize, initial, min, max, edge = 'end' }: Props) {
  const grip = useRef<{ x: number; size: number } | null>(null)
  const way = edge === 'end' ? 1 : -1
  const set = (next: number): void => onSize(Math.round(Math.min(max, Math.max(min, next))))
  const grab = (event: PointerEvent<HTMLDivElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId)
    grip.current = { x: event.clientX, size }
  }
  const drag = (event: PointerEvent): void => {
    if (grip.current) set(grip.current.size + way * (event.clientX - grip.current.x))
  }
  const press = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -16 * way, ArrowRight: 16 * way, Home: min - size, End: max - size }[event.key]
    if (step === undefined) return
    event.preventDefault()
    set(size + step)
  }
  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={t('ui.resize', { pane: label })}
      aria-valuenow={size}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      className={css.resizer}
      data-edge={edge}
      onPointerDown={grab}
      onPointerMove={drag}
      onPointerUp={() => (grip.current = null)}
      onPointerCancel={() => (grip.current = null)}
      onDoubleClick={() => set(initial)}
      onKeyDown={press}
    />
  )
}

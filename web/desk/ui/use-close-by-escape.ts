import { type KeyboardEvent, useEffect, useRef } from 'react'

/** The layers that are open, the last one on top. */
const layers: object[] = []

/**
 * Closes the layer in which Escape was pressed and no other. Mantine's own listener stands on the window and would close every
 * open layer at once: switch it off (`closeOnEscape={false}`) and put what this returns on the layer as `onKeyDown`. Where the
 * focus is nowhere, because what had it is gone, the topmost layer closes.
 */
export function useCloseByEscape(opened: boolean, onClose: () => void): (event: KeyboardEvent<HTMLElement>) => void {
  const latest = useRef(onClose)
  useEffect(() => {
    latest.current = onClose
  })
  useEffect(() => {
    if (!opened) return
    const layer = {}
    layers.push(layer)
    const hear = (event: globalThis.KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.target !== document.body || layers.at(-1) !== layer) return
      event.preventDefault()
      latest.current()
    }
    addEventListener('keydown', hear, { capture: true })
    return () => {
      layers.splice(layers.indexOf(layer), 1)
      removeEventListener('keydown', hear, { capture: true })
    }
  }, [opened])
  return (event) => {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing || event.defaultPrevented) return
    const { target } = event
    // A list that is open in the layer closes first.
    if (target instanceof Element && target.getAttribute('data-mantine-stop-propagation') === 'true') return
    event.preventDefault()
    event.stopPropagation()
    onClose()
  }
}

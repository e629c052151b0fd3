import { useEffect } from 'react'
import { useRemembered } from '../remembered.ts'

type Density = 'compact' | 'comfortable'

/** 36 or 44 px rows, remembered by this browser. */
export function useDensity(): [Density, (density: Density) => void] {
  const [stored, setStored] = useRemembered<string>('density', 'compact')
  const density = stored === 'comfortable' ? 'comfortable' : 'compact'
  useEffect(() => {
    document.documentElement.dataset['density'] = density
  }, [density])
  return [density, setStored]
}

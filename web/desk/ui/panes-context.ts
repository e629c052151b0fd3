import { createContext, type ReactNode, use } from 'react'

type PanesState = {
  views: ReactNode
  /** The views are in a menu. */
  viewsFolded: boolean
  /** The facts are in a drawer. */
  factsFolded: boolean
  /** List and main stand side by side; when not, main needs a way back to the list. */
  both: boolean
  hasFacts: boolean
  openFacts: () => void
}

export const PanesContext = createContext<PanesState>({
  views: null,
  viewsFolded: false,
  factsFolded: false,
  both: true,
  hasFacts: false,
  openFacts: () => undefined,
})

/** How the panes around a component are laid out now. */
export function usePanes(): PanesState {
  return use(PanesContext)
}

let last: HTMLElement | null = null

/** Remembers from now on what has the focus. Called once, at the start: a layer that is loaded later must know it too. */
export function watchFocus(): void {
  addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement) last = buttonOfMenu(target) ?? target
  })
}

/** What last had the focus, though it may have lost it since; for an item of a menu the button of the menu, which outlives it. */
export const lastFocus = (): HTMLElement | null => last

function buttonOfMenu(element: HTMLElement): HTMLElement | null {
  const menu = element.closest('[role="menu"]')
  return menu && document.getElementById(menu.getAttribute('aria-labelledby') ?? '')
}

// Sets the colour scheme before the first paint, from its own file because the content policy forbids inline scripts.
;(function () {
  var chosen = null
  try {
    chosen = localStorage.getItem('mainstay.scheme')
  } catch {
    // Storage is switched off: the system's scheme is used.
  }
  var dark =
    chosen === 'dark' || (chosen !== 'light' && matchMedia && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
})()

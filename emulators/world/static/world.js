// Keeps the page current and sends its forms. The server renders everything; nothing here builds markup from data.
const everyMs = 3000
const toast = document.querySelector('#toast')
const shownBefore = new Map()
let toastTimer

for (const live of document.querySelectorAll('[data-live]')) remember(live)
document.addEventListener('submit', submit)
document.addEventListener('toggle', ({ target }) => target.open && fitFrames(target), true)
document.addEventListener('load', ({ target }) => target.matches?.('.letter-frame') && fit(target), true)
addEventListener('resize', () => fitFrames(document))
fitFrames(document)
document.querySelector('.letters')?.lastElementChild?.scrollIntoView({ block: 'start' })
setInterval(() => void (document.hidden || refresh()), everyMs)
const left = sessionStorage.getItem('toast')
if (left) {
  sessionStorage.removeItem('toast')
  say(left, true)
}

async function refresh() {
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } }).catch(() => undefined)
  if (!answer?.ok) return
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
  for (const live of document.querySelectorAll('[data-live]')) {
    const next = fresh.getElementById(live.id)
    if (!next) continue
    if (live.dataset.live === 'keyed') merge(live, next)
    else if (next.innerHTML !== shownBefore.get(live.id) && !isBusy(live)) replace(live, next)
  }
}

function remember(live) {
  if (live.dataset.live !== 'keyed') shownBefore.set(live.id, live.innerHTML)
  else for (const child of live.children) shownBefore.set(child, child.outerHTML)
}

function replace(live, next) {
  shownBefore.set(live.id, next.innerHTML)
  live.replaceChildren(...next.childNodes)
}

/** Puts the children of `next` in place one by one, so that what did not change keeps its scroll, its frame and its open state. */
function merge(live, next) {
  const known = new Map([...live.children].map((child) => [child.dataset.key, child]))
  const wanted = [...next.children].map((fresh) => {
    const old = known.get(fresh.dataset.key)
    if (old && (shownBefore.get(old) === fresh.outerHTML || isBusy(old))) return old
    const text = fresh.outerHTML
    if (old?.open) fresh.open = true
    if (old?.matches('.letter')) return refreshLetter(old, fresh, text)
    shownBefore.set(fresh, text)
    return fresh
  })
  for (const child of known.values()) if (!wanted.includes(child)) child.remove()
  wanted.forEach(
    (child, index) => live.children[index] !== child && live.insertBefore(child, live.children[index] ?? null),
  )
}

/** A letter never changes; only its age does. */
function refreshLetter(old, fresh, text) {
  const time = old.querySelector('summary time')
  const newer = fresh.querySelector('summary time')
  if (time && newer) time.textContent = newer.textContent
  shownBefore.set(old, text)
  return old
}

function isBusy(element) {
  const active = document.activeElement
  return element.contains(active) && active.matches('input, textarea, select')
}

async function submit(event) {
  const form = event.target
  if (!form.dataset.action) return
  event.preventDefault()
  if (form.dataset.confirm && !confirm(form.dataset.confirm)) return
  const button = event.submitter
  if (button) button.disabled = true
  try {
    const answer = await fetch(form.dataset.action, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(await fields(form)),
    })
    const done = await answer.json()
    const words = done.message ?? done.error?.message ?? 'That did not work.'
    if (done.ok && done.goto) {
      sessionStorage.setItem('toast', words)
      location.assign(done.goto)
      return
    }
    say(words, done.ok)
    if (done.ok) form.reset()
    if (done.ok) form.closest('details.reply')?.removeAttribute('open')
    document.activeElement?.blur()
    await refresh()
  } catch {
    say('The emulators do not answer. Are they still running?', false)
  } finally {
    if (button) button.disabled = false
  }
}

async function fields(form) {
  const all = {}
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string') all[name] = value
    else if (value.size > 0)
      (all[name] ??= []).push({ name: value.name, type: value.type, base64: await base64(value) })
  }
  return all
}

function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => resolve(String(reader.result).split(',')[1] ?? ''))
    reader.addEventListener('error', () => reject(reader.error))
    reader.readAsDataURL(file)
  })
}

function say(words, good) {
  clearTimeout(toastTimer)
  toast.textContent = words
  toast.className = good ? 'shown good' : 'shown bad'
  toastTimer = setTimeout(() => (toast.className = ''), good ? 5000 : 12_000)
}

function fitFrames(within) {
  for (const frame of within.querySelectorAll('.letter-frame')) fit(frame)
}

/** Frames carry no script, so the page measures them from outside. */
function fit(frame) {
  // A document is never shorter than its frame: without this it would only ever grow.
  frame.style.height = '0'
  const height = frame.contentDocument?.documentElement?.scrollHeight ?? 0
  frame.style.height = height > 0 ? `${Math.min(height + 2, 2400)}px` : ''
}

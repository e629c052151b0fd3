import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { afterPage, nextPage, type Page, type Waiting } from './mirror-pages.ts'

type Stored = Waiting & { created: number; whole: boolean; listed: boolean }

/** The page Stripe would show of these. */
function pageOf(stored: readonly Stored[], asked: NonNullable<ReturnType<typeof nextPage>>, size: number): Page {
  const { created: span, after } = asked
  const within = stored
    .filter(({ listed, created }) => listed && created >= span.gte && created <= span.lte)
    .toSorted((a, b) => b.created - a.created)
  const from = after === null ? 0 : within.findIndex(({ id }) => id === after) + 1
  return { items: within.slice(from, from + size), more: within.length > from + size }
}

/** Reads what waits as the mirror does; returns how each was answered and how many reads that took. */
function readAll(stored: readonly Stored[], waiting: readonly Waiting[], size: number) {
  const alone: Waiting[] = []
  const paged = new Set<string>()
  let pages = 0
  let later = [...waiting]
  let last: Page | undefined
  for (let asked = nextPage(later); asked; asked = nextPage(later, last)) {
    const page = pageOf(stored, asked, size)
    last = page
    pages += 1
    for (const { id, whole } of page.items) if (whole && later.some((one) => one.id === id)) paged.add(id)
    const left = afterPage(later, page)
    alone.push(...left.alone)
    later = left.later
  }
  alone.push(...later)
  return { paged, alone: alone.map(({ id }) => id), pages }
}

const stored = (count: number): Stored[] =>
  Array.from({ length: count }, (_, at) => ({ id: `ch_${at}`, created: 1000 + at, whole: true, listed: true }))

it('reads many of one time in few pages, and few one by one', () => {
  const all = stored(250)
  expect(readAll(all, all, 100)).toMatchObject({ pages: 3, alone: [] })
  expect(readAll(all, all.slice(0, 3), 100)).toMatchObject({ pages: 0, alone: ['ch_0', 'ch_1', 'ch_2'] })
})

it('goes on within a second in which more was made than a page holds', () => {
  const all = stored(350).map((one) => ({ ...one, created: 1000 }))
  expect(readAll(all, all, 100)).toMatchObject({ pages: 4, alone: [] })
})

it('leaps over what does not wait', () => {
  const all = stored(10_000)
  expect(readAll(all, [...all.slice(20, 60), ...all.slice(9000, 9040)], 100)).toMatchObject({ pages: 2, alone: [] })
})

it('gives up pages where what waits is spread thin', () => {
  const all = stored(10_000)
  const thin = all.filter((_, at) => at % 90 === 0)
  const { pages, alone } = readAll(all, thin, 100)
  expect({ pages, alone: alone.length }).toEqual({ pages: 1, alone: thin.length - 2 })
})

it('answers for each once, whatever is listed, cut short or of unknown time, and never reads much more than one by one', () => {
  const one = fc.record({
    created: fc.integer({ min: 1, max: 60 }),
    whole: fc.boolean(),
    listed: fc.boolean(),
    waits: fc.boolean(),
    told: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(one, { maxLength: 80 }), fc.integer({ min: 1, max: 12 }), (drawn, size) => {
      const all = drawn.map((each, at) => ({ ...each, id: `ch_${at}` }))
      const waiting = all
        .filter(({ waits }) => waits)
        .map(({ id, created, told }) => ({ id, created: told ? created : null }))
      const { paged, alone, pages } = readAll(all, waiting, size)
      expect([...paged, ...alone].toSorted()).toEqual(waiting.map(({ id }) => id).toSorted())
      for (const id of paged) expect(all.find((each) => each.id === id)).toMatchObject({ listed: true, whole: true })
      expect(pages + alone.length).toBeLessThanOrEqual(waiting.length + 1)
    }),
    { numRuns: 3000, seed: 20261122 },
  )
})

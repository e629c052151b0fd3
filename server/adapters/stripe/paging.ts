import type { ListFilter } from '#modules/billing/ports.ts'

/** A hundred at a time, after the object with this id. */
export function paging(after: string | null) {
  return { limit: 100, ...(after ? { starting_after: after } : {}) }
}

/** What continues a list; null at its end. */
export function nextOf(page: { data: { id: string }[]; has_more: boolean }): string | null {
  return page.has_more ? (page.data.at(-1)?.id ?? null) : null
}

/** Only what was created within these seconds. */
export function createdIn({ created }: ListFilter): Pick<ListFilter, 'created'> {
  return created ? { created } : {}
}

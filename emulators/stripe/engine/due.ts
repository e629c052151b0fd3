import type { Context } from './context.ts'

/** Something that time itself brings about: what (`key`), when (`at`, seconds), whether it still is so, and what it does. */
export type Due = { key: string; at: number; again(ctx: Context): Due | undefined; run(ctx: Context): void }

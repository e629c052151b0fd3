/** How far the demo company has been made. */
export type DemoProgress = { done: number; total: number; step: string }

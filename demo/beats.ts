import type { Step } from './stage.ts'

/** What happens at one moment of the story; `from` is the number of steps before it. */
export type Beat = { from: number; at: Temporal.Instant; steps: [Step, ...Step[]] }

/** The moments of the story from the `from`-th step on; the steps are in the order of their time. */
export function beatsOf(steps: readonly Step[], from: number): Beat[] {
  const beats: Beat[] = []
  for (const [index, step] of steps.entries()) {
    if (index < from) continue
    const last = beats.at(-1)
    if (last && Temporal.Instant.compare(step.at, last.at) <= 0) last.steps.push(step)
    else beats.push({ from: index, at: step.at, steps: [step] })
  }
  return beats
}

/** The steps of a moment by strand, each in its order. */
export function strandsOf(steps: readonly Step[]): Step[][] {
  const strands = new Map<string, Step[]>()
  for (const step of steps) strands.set(step.strand, [...(strands.get(step.strand) ?? []), step])
  return [...strands.values()]
}

/**
 * Jobs run in lanes that do not wait for each other. What talks to the outside may hang for a minute on each of many
 * counterparts; nothing else stands behind it.
 */
export const lanes = {
  desk: { concurrency: 8, ahead: 50 },
  outside: { concurrency: 12, ahead: 12 },
} as const satisfies Record<string, { concurrency: number; ahead: number }>

export type Lane = keyof typeof lanes

export const laneNames = Object.keys(lanes) as Lane[]

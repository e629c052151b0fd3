/** Mainstay's mark. Decoration: the name stands beside it or in the title. */
export function Mark({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden>
      <rect width="32" height="32" rx="8" fill="var(--ms-accent-fill)" />
      <path
        d="M8 22V11l8 7 8-7v11"
        fill="none"
        stroke="var(--ms-accent-on)"
        strokeWidth="2.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}

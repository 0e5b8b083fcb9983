/** Perch's mark: a bird on its branch. Decorative; its colours follow the theme. */
export function Mark({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 64 64" aria-hidden>
      <rect width="64" height="64" rx="16" fill="var(--color-accent)" />
      <g fill="var(--color-on-accent)">
        <path d="M45.5 20.5a8.5 8.5 0 0 0-16.2-2.6L13 36.5c-.8 1 0 2.3 1.2 2.1l5.3-.9C23.2 42 27.6 44 32 44c8 0 13.5-6 13.5-14v-5.200l5.3-2.3c.7-.3.7-1.3 0-1.600z" />
        <rect x="12" y="47" width="40" height="4" rx="2" />
      </g>
      <circle cx="38.5" cy="20.5" r="2" fill="var(--color-accent)" />
    </svg>
  )
}

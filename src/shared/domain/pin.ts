/** The PIN of the app lock: digits, or any text for those who want a longer secret. In UTF-16 units. */
export const PIN_LENGTH = { min: 4, max: 64 } as const

/** The same PIN, typed on another keyboard or through an input method, must give the same bytes. */
export function normalizePin(pin: string): string {
  return pin.normalize('NFKC')
}

/** Why this cannot be a PIN; null: it can. */
export function pinProblem(pin: string): 'tooShort' | 'tooLong' | null {
  const { length } = normalizePin(pin)
  if (length < PIN_LENGTH.min) return 'tooShort'
  return length > PIN_LENGTH.max ? 'tooLong' : null
}

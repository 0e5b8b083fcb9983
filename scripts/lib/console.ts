export function step(text: string): void {
  console.log(`▸ ${text}`)
}

export function note(text: string): void {
  console.log(`  ${text}`)
}

export function complain(text: string): void {
  console.error(`✖ ${text}`)
}

/** A missing or wrong precondition outside the code. The message says how to fix it, so no stack is printed. */
export class Unmet extends Error {
  override name = 'Unmet'
}

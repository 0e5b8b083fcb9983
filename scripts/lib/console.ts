export function step(text: string): void {
  console.log(`▸ ${text}`)
}

export function note(text: string): void {
  console.log(`  ${text}`)
}

export function complain(text: string): void {
  console.error(`✖ ${text}`)
}

/** Something outside the code is missing or wrong; the message tells a person what to do, so no stack is shown. */
export class Unmet extends Error {
  override name = 'Unmet'
}

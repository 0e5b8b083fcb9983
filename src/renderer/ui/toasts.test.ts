import { expect, it } from 'vitest'
import { dismissToast, notify, shownToasts, subscribeToasts } from './toasts.ts'

const texts = (): string[] => shownToasts().map(({ text }) => text)

it('keeps the newest toasts, and shows each text once', () => {
  let changes = 0
  const stop = subscribeToasts(() => (changes += 1))
  for (const text of ['one', 'two', 'one', 'three', 'four']) notify(text)
  expect(texts()).toEqual(['three', 'four'])
  for (const { id } of shownToasts()) dismissToast(id)
  expect(texts()).toEqual([])
  expect(changes).toBe(7)
  stop()
})

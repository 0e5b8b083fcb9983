import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { chatIdSchema } from '#shared/domain/ids.ts'
import { createDraftSaver, DRAFT_SAVE_MS } from './draft-saver.ts'

const A = chatIdSchema.parse('a_me')
const B = chatIdSchema.parse('b_me')

describe('createDraftSaver', () => {
  const save = vi.fn<(chatId: string, text: string) => Promise<void>>(() => Promise.resolve())
  beforeEach(() => {
    vi.useFakeTimers()
    save.mockClear()
  })
  afterEach(() => vi.useRealTimers())

  it('saves the last state once in a while, also while typing goes on', () => {
    const saver = createDraftSaver(save)
    for (let typed = 1; typed <= 10; typed += 1) {
      saver.change(A, 'x'.repeat(typed))
      vi.advanceTimersByTime(DRAFT_SAVE_MS / 3)
    }
    vi.advanceTimersByTime(DRAFT_SAVE_MS)
    expect(save.mock.calls.length).toBeGreaterThanOrEqual(3)
    expect(save.mock.calls.length).toBeLessThanOrEqual(4)
    expect(save).toHaveBeenLastCalledWith(A, 'x'.repeat(10))
  })

  it('saves at once on flush, and then no more', () => {
    const saver = createDraftSaver(save)
    saver.change(A, 'hello')
    void saver.flush()
    void saver.flush()
    vi.advanceTimersByTime(1000)
    expect(save.mock.calls).toEqual([[A, 'hello']])
  })

  it('saves one chat before another', () => {
    const saver = createDraftSaver(save)
    saver.change(A, 'to a')
    saver.change(B, 'to b')
    vi.advanceTimersByTime(1000)
    expect(save.mock.calls).toEqual([
      [A, 'to a'],
      [B, 'to b'],
    ])
  })

  it('never writes back a draft that was sent', () => {
    const saver = createDraftSaver(save)
    saver.change(A, 'hello')
    saver.sent(A)
    vi.advanceTimersByTime(1000)
    expect(save).not.toHaveBeenCalled()
    expect(saver.latest(A)).toBe('')
  })

  it('remembers what the store may not have yet', () => {
    const saver = createDraftSaver(save)
    expect(saver.latest(A)).toBeUndefined()
    saver.change(A, 'hello')
    expect(saver.latest(A)).toBe('hello')
  })

  it('forgets everything when it is cleared', () => {
    const saver = createDraftSaver(save)
    saver.change(A, 'hello')
    saver.clear()
    vi.advanceTimersByTime(1000)
    expect(save).not.toHaveBeenCalled()
    expect(saver.latest(A)).toBeUndefined()
  })
})

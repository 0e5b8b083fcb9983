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

  it('saves at intervals while typing continues, and the last state at the end', () => {
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

  it('saves at once on flush, and only once', () => {
    const saver = createDraftSaver(save)
    saver.change(A, 'hello')
    void saver.flush()
    void saver.flush()
    vi.advanceTimersByTime(1000)
    expect(save.mock.calls).toEqual([[A, 'hello']])
  })

  it('saves the draft of one chat before the draft of another changes', () => {
    const saver = createDraftSaver(save)
    saver.change(A, 'to a')
    saver.change(B, 'to b')
    vi.advanceTimersByTime(1000)
    expect(save.mock.calls).toEqual([
      [A, 'to a'],
      [B, 'to b'],
    ])
  })

  it('does not save a draft that was sent', () => {
    const saver = createDraftSaver(save)
    saver.change(A, 'hello')
    saver.sent(A)
    vi.advanceTimersByTime(1000)
    expect(save).not.toHaveBeenCalled()
    expect(saver.latest(A)).toBe('')
  })

  it('returns the latest draft before it is saved', () => {
    const saver = createDraftSaver(save)
    expect(saver.latest(A)).toBeUndefined()
    saver.change(A, 'hello')
    expect(saver.latest(A)).toBe('hello')
  })

  it('discards all drafts when it is cleared', () => {
    const saver = createDraftSaver(save)
    saver.change(A, 'hello')
    saver.clear()
    vi.advanceTimersByTime(1000)
    expect(save).not.toHaveBeenCalled()
    expect(saver.latest(A)).toBeUndefined()
  })
})

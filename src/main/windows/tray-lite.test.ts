import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createTrayLite, type TrayLite } from './tray-lite.ts'

const MINUTE = 60_000

/** An app whose page answers at once that it has no work left. */
function start({ answers = true } = {}) {
  const state = {
    open: true,
    visible: true,
    after: (5 * MINUTE) as number | null,
    healthy: true,
    busy: false,
    background: false,
    crashed: false,
    answers,
    opened: 0,
    asked: 0,
  }
  const lite: TrayLite = createTrayLite({
    pace: 1,
    after: () => state.after,
    isPushHealthy: () => state.healthy,
    isBusy: () => state.busy,
    page: {
      isOpen: () => state.open,
      isVisible: () => state.visible,
      hasCrashed: () => state.crashed,
      open() {
        state.opened += 1
        state.open = true
      },
      setBackground(background) {
        state.background = background
      },
      askToRelease() {
        state.asked += 1
        if (state.answers) lite.mayRelease()
      },
      release() {
        state.open = false
        state.crashed = false
      },
    },
  })
  const setVisible = (visible: boolean): void => {
    state.visible = visible
    if (visible) state.open = true
    lite.update()
  }
  return { state, lite, setVisible }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('a page in the tray', () => {
  it('is released after the set time', () => {
    const { state, setVisible } = start()
    setVisible(false)
    vi.advanceTimersByTime(5 * MINUTE - 1)
    expect(state).toMatchObject({ open: true, background: false })
    vi.advanceTimersByTime(1)
    expect(state.open).toBe(false)
  })

  it('stays when the window was shown in between', () => {
    const { state, setVisible } = start()
    setVisible(false)
    vi.advanceTimersByTime(4 * MINUTE)
    setVisible(true)
    vi.advanceTimersByTime(60 * MINUTE)
    expect(state).toMatchObject({ open: true, asked: 0, background: false })
  })

  it('stays while no pushes arrive, or the person has set it so', () => {
    for (const change of [{ healthy: false }, { after: null }]) {
      const { state, setVisible } = start()
      Object.assign(state, change)
      setVisible(false)
      vi.advanceTimersByTime(60 * MINUTE)
      expect(state).toMatchObject({ open: true, asked: 0 })
    }
  })

  it('stays while files are sent or a page does not answer, and is asked again every minute', () => {
    const { state, setVisible } = start({ answers: false })
    state.busy = true
    setVisible(false)
    vi.advanceTimersByTime(8 * MINUTE)
    expect(state).toMatchObject({ open: true, asked: 0 })
    state.busy = false
    vi.advanceTimersByTime(3 * MINUTE)
    expect(state).toMatchObject({ open: true, asked: 3, background: true })
    state.answers = true
    vi.advanceTimersByTime(MINUTE)
    expect(state.open).toBe(false)
  })

  it('is not released by an answer that comes after the window was shown', () => {
    const { state, lite, setVisible } = start({ answers: false })
    setVisible(false)
    vi.advanceTimersByTime(5 * MINUTE)
    expect(state.asked).toBe(1)
    setVisible(true)
    lite.mayRelease()
    expect(state).toMatchObject({ open: true, background: false })
  })
})

describe('a released page', () => {
  function released() {
    const app = start()
    app.setVisible(false)
    vi.advanceTimersByTime(5 * MINUTE)
    return app
  }

  it('is loaded for a push, in the background, and released after a minute without work', () => {
    const { state, lite } = released()
    lite.hint()
    lite.hint()
    expect(state).toMatchObject({ open: true, opened: 1, background: true })
    vi.advanceTimersByTime(MINUTE / 2)
    lite.worked()
    vi.advanceTimersByTime(MINUTE - 1)
    expect(state.open).toBe(true)
    vi.advanceTimersByTime(1)
    expect(state.open).toBe(false)
  })

  it('is loaded every 15 minutes without a push', () => {
    const { state } = released()
    vi.advanceTimersByTime(15 * MINUTE - 1)
    expect(state.opened).toBe(0)
    vi.advanceTimersByTime(1)
    expect(state.opened).toBe(1)
    vi.advanceTimersByTime(MINUTE + 15 * MINUTE)
    expect(state.opened).toBe(2)
  })

  it('is loaded and stays when pushes no longer arrive', () => {
    const { state, lite } = released()
    state.healthy = false
    lite.update()
    expect(state).toMatchObject({ open: true, background: true })
    vi.advanceTimersByTime(60 * MINUTE)
    expect(state).toMatchObject({ open: true, opened: 1 })
  })

  it('is no longer in the background once the window is shown', () => {
    const { state, lite, setVisible } = released()
    lite.hint()
    setVisible(true)
    expect(state.background).toBe(false)
    setVisible(false)
    vi.advanceTimersByTime(4 * MINUTE)
    expect(state.open).toBe(true)
  })

  it('is not loaded again after the end', () => {
    const { state, lite } = released()
    lite.stop()
    lite.update()
    vi.advanceTimersByTime(60 * MINUTE)
    expect(state.opened).toBe(0)
  })
})

describe('a hidden page that has crashed', () => {
  function crash({ state, lite }: ReturnType<typeof start>): void {
    state.crashed = true
    lite.update()
  }

  it('is released and loaded again, later each time', () => {
    const app = start({ answers: false })
    app.setVisible(false)
    for (const [times, wait] of [1, 2, 4, 8, 16, 32, 60, 60].entries()) {
      crash(app)
      // What main hears of a released page.
      app.lite.update()
      expect(app.state.open).toBe(false)
      app.lite.hint()
      vi.advanceTimersByTime(wait * MINUTE - 1)
      expect(app.state).toMatchObject({ open: false, opened: times })
      vi.advanceTimersByTime(1)
      expect(app.state).toMatchObject({ open: true, opened: times + 1 })
    }
  })

  it('is loaded again also where no pushes arrive, or the page never goes', () => {
    for (const change of [{ healthy: false }, { after: null }]) {
      const app = start()
      Object.assign(app.state, change)
      app.setVisible(false)
      crash(app)
      expect(app.state.open).toBe(false)
      vi.advanceTimersByTime(MINUTE)
      expect(app.state.open).toBe(true)
    }
  })

  it('is trusted again once it has worked or somebody saw it', () => {
    const app = start()
    app.setVisible(false)
    crash(app)
    vi.advanceTimersByTime(2 * MINUTE)
    expect(app.state).toMatchObject({ opened: 1, open: false })
    app.lite.hint()
    crash(app)
    vi.advanceTimersByTime(MINUTE)
    expect(app.state.opened).toBe(3)
    crash(app)
    app.setVisible(true)
    app.setVisible(false)
    crash(app)
    vi.advanceTimersByTime(MINUTE)
    expect(app.state.opened).toBe(4)
  })

  it('stays while somebody sees the crash page', () => {
    const app = start()
    crash(app)
    expect(app.state.open).toBe(true)
    app.setVisible(false)
    expect(app.state.open).toBe(false)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  begin,
  emptyLedger,
  keeps,
  keptInstead,
  parseLedger,
  ranWell,
  wentBack,
  type Ledger,
} from './ledger.ts'

const version = fc.constantFrom('0.1.0', '0.2.0', '0.3.0', '1.0.0-beta.1')
const ledgers = fc.record<Ledger>({
  good: fc.option(version),
  trying: fc.option(fc.record({ version, starts: fc.integer({ min: 1, max: 9 }) })),
  kept: fc.option(fc.record({ version, next: version }).filter((kept) => kept.version !== kept.next)),
  bad: fc.uniqueArray(version),
  hiddenOnce: fc.boolean(),
})

describe('the file', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(ledgers, (ledger) => {
        expect(parseLedger(JSON.stringify(ledger))).toEqual(ledger)
      }),
    )
  })

  it('never throws, and holds only versions, whatever its content', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.jsonValue().map((bad) => JSON.stringify({ bad, kept: bad, trying: bad })),
        ),
        (text) => {
          const { bad, kept, trying } = parseLedger(text)
          const versions = [
            ...bad,
            ...(kept ? [kept.version, kept.next] : []),
            ...(trying ? [trying.version] : []),
          ]
          expect(versions.every((one) => /^\d+\.\d+\.\d+/u.test(one))).toBe(true)
        },
      ),
    )
  })

  it('takes no path for a version', () => {
    const stored = { kept: { version: '../../x', next: '0.2.0' }, bad: ['0.2.0/..', '0.3.0'], good: 7 }
    expect(parseLedger(JSON.stringify(stored))).toEqual({ ...emptyLedger, bad: ['0.3.0'] })
  })
})

/** The app starts and crashes. */
function crash(ledger: Ledger, running: string): { ledger: Ledger; goBack: boolean } {
  return begin(ledger, running)
}

describe('a new version', () => {
  const updated = keeps(ranWell(emptyLedger, '0.1.0'), '0.1.0', '0.2.0')

  it('is tried twice, then gives way to the kept one, and counts as bad', () => {
    const first = crash(updated, '0.2.0')
    const second = crash(first.ledger, '0.2.0')
    expect([first.goBack, second.goBack]).toEqual([false, false])
    const third = begin(second.ledger, '0.2.0')
    expect(third.goBack).toBe(true)
    const back = wentBack(third.ledger, '0.2.0')
    expect(back).toEqual({ ...emptyLedger, good: '0.1.0', bad: ['0.2.0'] })
    expect(begin(back, '0.1.0').ledger).toBe(back)
  })

  it('that runs well once stays, however it ends later', () => {
    let { ledger } = begin(updated, '0.2.0')
    ledger = ranWell(ledger, '0.2.0')
    for (let start = 0; start < 10; start++) {
      const next = begin(ledger, '0.2.0')
      expect(next).toEqual({ ledger, goBack: false })
      ;({ ledger } = next)
    }
    expect(ledger.kept).toBeNull()
  })

  it('that nothing is kept for is started for ever', () => {
    let ledger = ranWell(emptyLedger, '0.1.0')
    for (let start = 0; start < 10; start++) {
      const next = begin(ledger, '0.2.0')
      expect(next.goBack).toBe(false)
      ;({ ledger } = next)
    }
  })

  it('that is replaced before it has run well keeps the one that did', () => {
    expect(keptInstead(updated, '0.1.0')).toBeNull()
    const { ledger } = begin(updated, '0.2.0')
    expect(keptInstead(ledger, '0.2.0')).toBe('0.1.0')
    const newer = keeps(ledger, '0.1.0', '0.3.0')
    const second = begin(begin(newer, '0.3.0').ledger, '0.3.0')
    expect(wentBack(begin(second.ledger, '0.3.0').ledger, '0.3.0').good).toBe('0.1.0')
  })

  it('starts without a window until it runs well, if it was installed in the tray', () => {
    const { ledger } = begin({ ...updated, hiddenOnce: true }, '0.2.0')
    expect(ledger.hiddenOnce).toBe(true)
    expect(ranWell(ledger, '0.2.0').hiddenOnce).toBe(false)
    const back = wentBack(ledger, '0.2.0')
    expect(back.hiddenOnce).toBe(true)
    expect(begin(back, '0.1.0').ledger.hiddenOnce).toBe(false)
  })
})

it('goes back only from a version that was started twice, never ran well, and has one that is kept', () => {
  fc.assert(
    fc.property(ledgers, version, (ledger, running) => {
      const { goBack } = begin(ledger, running)
      if (!goBack) return
      expect(ledger.good).not.toBe(running)
      expect(ledger.kept?.next).toBe(running)
      expect(ledger.trying?.version).toBe(running)
      expect(ledger.trying?.starts).toBeGreaterThanOrEqual(2)
    }),
  )
})

it('cannot go to and fro: the version that came back is good', () => {
  fc.assert(
    fc.property(ledgers, version, (ledger, running) => {
      const started = begin(ledger, running)
      if (!started.goBack) return
      const back = wentBack(started.ledger, running)
      const older = ledger.kept?.version ?? ''
      expect(begin(back, older).goBack).toBe(false)
      expect(back.bad).toContain(running)
    }),
  )
})

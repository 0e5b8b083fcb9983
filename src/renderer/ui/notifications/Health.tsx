import clsx from 'clsx'
import type { TFunction } from 'i18next'
import CircleCheck from 'lucide-react/icons/circle-check'
import CircleHelp from 'lucide-react/icons/circle-question-mark'
import CircleX from 'lucide-react/icons/circle-x'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import { useId, useState, type ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { isolated } from '#shared/domain/display-text.ts'
import {
  isFixable,
  type Checklist,
  type Fixes,
  type Line,
  type LinkState,
} from '#shared/notifications/checklist.ts'
import { Button } from '../Button.tsx'
import { notify } from '../toasts.ts'
import { useShowError } from '../use-show-error.ts'
import styles from './Health.module.css'

interface HealthProps {
  checklist: Checklist
  /** The chat that it is about, for display; null: any. */
  name: string | null
  roundTripMs: number | null
  fixes: Fixes
  onTest: () => Promise<'shown' | 'failed'>
}

const answerStates = { yes: 'ok', quietly: 'quiet', no: 'broken' } as const satisfies Record<
  string,
  LinkState
>
const icons: Readonly<Record<LinkState, ComponentType<{ size: number; 'aria-hidden': true }>>> = {
  ok: CircleCheck,
  warning: TriangleAlert,
  quiet: TriangleAlert,
  broken: CircleX,
  unknown: CircleHelp,
}

/** “Will I be notified?”: the answer, what is in its way and what to do about it. */
export function Health({ checklist, name, roundTripMs, fixes, onTest }: HealthProps) {
  const { t } = useTranslation()
  const showError = useShowError()
  const [all, setAll] = useState(false)
  const id = useId()
  const { answer, because, lines } = checklist
  const shown = all ? lines : lines.filter(({ state }) => state !== 'ok' && state !== 'unknown')
  const test = async (): Promise<void> => {
    const outcome = await onTest()
    notify(t(`check.test.${outcome}`), outcome === 'shown' ? 'info' : 'error')
  }
  return (
    <section className={styles['card']} aria-labelledby={id}>
      <h3 id={id} className={styles['title']}>
        {t('check.title')}
      </h3>
      <p role="status" className={clsx(styles['line'], styles['answer'])}>
        <StateIcon state={answerStates[answer]} />
        <span>
          {because !== null && answer !== 'yes'
            ? t(`check.${answer}`, { because: t(`check.because.${because}`) })
            : name === null
              ? t('check.yes')
              : t('check.yesIn', { name: isolated(name) })}
        </span>
      </p>
      {shown.length > 0 && (
        <ul className={styles['lines']}>
          {shown.map((line) => (
            <CheckedLine key={line.name} line={line} roundTripMs={roundTripMs} fixes={fixes} />
          ))}
        </ul>
      )}
      <div className={styles['buttons']}>
        <Button onClick={() => void test().catch(showError)}>{t('check.test.send')}</Button>
        <Button aria-expanded={all} onClick={() => setAll(!all)}>
          {t(all ? 'check.less' : 'check.all')}
        </Button>
      </div>
    </section>
  )
}

interface LineProps {
  line: Line
  roundTripMs: number | null
  fixes: Fixes
}

function CheckedLine({ line, roundTripMs, fixes }: LineProps) {
  const { t, i18n } = useTranslation()
  const number = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 })
  return (
    <li className={styles['line']}>
      <StateIcon state={line.state} />
      <span className={styles['text']}>{textOf(t, line, number.format((roundTripMs ?? 0) / 1000))}</span>
      <Fix line={line} fixes={fixes} />
    </li>
  )
}

function textOf(t: TFunction, { name, state }: Line, seconds: string): string {
  if (state === 'unknown') return t(`check.unknown.${name}`)
  const isOk = state === 'ok'
  if (name === 'roundTrip') return t(isOk ? 'check.roundTrip.ok' : 'check.roundTrip.bad', { seconds })
  return isOk ? t(`check.ok.${name}`) : t(`check.bad.${name}`)
}

function Fix({ line: { name, state }, fixes }: Pick<LineProps, 'line' | 'fixes'>) {
  const { t } = useTranslation()
  const showError = useShowError()
  if (state === 'ok' || state === 'unknown' || !isFixable(name)) return null
  const fix = fixes[name]
  if (fix === undefined) return null
  return <Button onClick={() => void fix().catch(showError)}>{t(`check.fix.${name}`)}</Button>
}

function StateIcon({ state }: { state: LinkState }) {
  const { t } = useTranslation()
  const Icon = icons[state]
  return (
    <span role="img" aria-label={t(`check.state.${state}`)} className={clsx(styles['icon'], styles[state])}>
      <Icon size={18} aria-hidden />
    </span>
  )
}

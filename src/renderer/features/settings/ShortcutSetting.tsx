import { useCallback, useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShortcutState } from '#shared/bridge/desk.ts'
import { acceleratorOf } from '#shared/domain/accelerator.ts'
import { useServices } from '../../services/use-services.ts'
import { Button } from '../../ui/Button.tsx'
import { Keys } from '../../ui/Keys.tsx'
import styles from './ShortcutSetting.module.css'
import { useLoaded } from './storage/use-loaded.ts'
import { useSettings } from './use-settings.ts'

/** The keys that show and hide the window. The person presses them instead of writing them. */
export function ShortcutSetting() {
  const { t } = useTranslation()
  const [{ globalShortcut: keys }, update] = useSettings()
  const state = useShortcutState(keys)
  const [recording, setRecording] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  /** What had the focus is gone after the next render. */
  const returns = useRef(false)
  useEffect(() => {
    if (!recording && returns.current) button.current?.focus()
    returns.current = false
  }, [recording])
  const stop = (): void => setRecording(false)
  const finish = (globalShortcut: string | null = keys): void => {
    returns.current = true
    if (globalShortcut !== keys) update({ globalShortcut })
    stop()
  }
  const remove = (): void => {
    update({ globalShortcut: null })
    button.current?.focus()
  }
  return (
    <div className={styles['row']} role="group" aria-labelledby={id}>
      <div className={styles['texts']}>
        <span id={id}>{t('settings.shortcut')}</span>
        <Hint recording={recording} state={keys === null ? null : state} />
      </div>
      <div className={styles['controls']}>
        {!recording && keys !== null && (
          <>
            <Keys shortcut={labelOf(keys)} />
            <Button variant="ghost" onClick={remove}>
              {t('settings.shortcutRemove')}
            </Button>
          </>
        )}
        {recording ? (
          <Recorder onKeys={finish} onCancel={finish} onLeave={stop} />
        ) : (
          <Button ref={button} onClick={() => setRecording(true)}>
            {t(keys === null ? 'settings.shortcutSet' : 'settings.shortcutChange')}
          </Button>
        )}
      </div>
    </div>
  )
}

function Hint({ recording, state }: { recording: boolean; state: ShortcutState | null }) {
  const { t } = useTranslation()
  const { app } = useServices()
  const mac = app.platform === 'darwin'
  const isTaken = !recording && state?.works === false
  const text = recording
    ? t(mac ? 'settings.shortcutHintMac' : 'settings.shortcutHint')
    : isTaken
      ? t('settings.shortcutTaken')
      : state?.asksSystem === true
        ? t('settings.shortcutAsks')
        : ''
  return (
    <span role="status" className={styles['hint']} data-problem={isTaken || undefined}>
      {text}
    </span>
  )
}

/** Takes the next keys. Esc, or leaving it, keeps the ones before. */
function Recorder({
  onKeys,
  onCancel,
  onLeave,
}: {
  onKeys: (keys: string) => void
  onCancel: () => void
  onLeave: () => void
}) {
  const { t } = useTranslation()
  const { app } = useServices()
  const field = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    field.current?.focus()
    const pause = (paused: boolean): void =>
      void app.pauseShortcut(paused).catch((error: unknown) => app.report('shortcut.pause', error))
    pause(true)
    return () => pause(false)
  }, [app])

  const press = (event: KeyboardEvent): void => {
    if (event.key === 'Tab') return
    // The app's own shortcuts must not hear these keys.
    event.preventDefault()
    event.stopPropagation()
    event.nativeEvent.stopImmediatePropagation()
    if (event.key === 'Escape') {
      onCancel()
      return
    }
    const keys = acceleratorOf(event, app.platform === 'darwin')
    if (keys !== null) onKeys(keys)
  }
  return (
    <button
      ref={field}
      type="button"
      className={styles['recorder']}
      onKeyDownCapture={press}
      onKeyUpCapture={(event) => event.preventDefault()}
      onBlur={onLeave}
    >
      {t('settings.shortcutPress')}
    </button>
  )
}

/** Read again after each change, once main has tried the keys. */
function useShortcutState(keys: string | null): ShortcutState | null {
  const { app } = useServices()
  const load = useCallback(async () => ({ keys, state: await app.shortcutState() }), [app, keys])
  const { value } = useLoaded(load)
  return value?.keys === keys ? value.state : null
}

const LABELS: Readonly<Record<string, string>> = {
  Control: 'Ctrl',
  Command: 'Mod',
  Up: 'ArrowUp',
  Down: 'ArrowDown',
}

/** As the other shortcuts of the app are written. */
const labelOf = (accelerator: string): string =>
  accelerator
    .split('+')
    .map((key) => LABELS[key] ?? key)
    .join('+')

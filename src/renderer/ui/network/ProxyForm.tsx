import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProxyPasswordState, ProxyVerdict } from '#shared/bridge/proxy.ts'
import { isSameProxy, type ManualProxy, type Proxy } from '#shared/proxy.ts'
import { Button } from '../Button.tsx'
import { Form } from '../Form.tsx'
import { TextField } from '../TextField.tsx'
import { useShowError } from '../use-show-error.ts'
import { draftOf, readDraft, type ProxyDraft, type ProxyField } from './proxy-draft.ts'
import styles from './ProxyForm.module.css'

export interface ProxyChange {
  proxy: Proxy
  password?: string
}

interface ProxyFormProps {
  /** Of the settings. */
  proxy: Proxy
  passwordState: ProxyPasswordState
  onSave: (change: ProxyChange) => Promise<void>
  onTest: (change: { proxy: ManualProxy; password?: string }) => Promise<ProxyVerdict>
}

const MODES = ['system', 'manual', 'none'] as const
const NOTHING_WRONG: ReadonlySet<ProxyField> = new Set()
type Result = ProxyVerdict | 'testing' | 'saved' | null

/** How the app reaches the internet. `system` and `none` hold at once, a proxy once it is saved. */
export function ProxyForm({ proxy, passwordState, onSave, onTest }: ProxyFormProps) {
  const { t } = useTranslation()
  const showError = useShowError()
  const [mode, setMode] = useState(proxy.mode)
  const [draft, setDraft] = useState(() => draftOf(proxy))
  const [wrong, setWrong] = useState(NOTHING_WRONG)
  const [result, setResult] = useState<Result>(null)

  const edit = (patch: Partial<ProxyDraft>): void => {
    setDraft({ ...draft, ...patch })
    setWrong(NOTHING_WRONG)
    setResult(null)
  }
  const choose = (next: Proxy['mode']): void => {
    setMode(next)
    setResult(null)
    if (next !== 'manual' && next !== proxy.mode) onSave({ proxy: { mode: next } }).catch(showError)
  }
  const withDraft = async (act: (change: { proxy: ManualProxy; password?: string }) => Promise<Result>) => {
    const change = readDraft(draft)
    if ('wrong' in change) {
      setWrong(change.wrong)
      return
    }
    setResult('testing')
    try {
      setResult(await act(change))
    } catch (error) {
      setResult(null)
      showError(error)
    }
  }
  const save = () =>
    withDraft(async (change) => {
      await onSave(change)
      setDraft(draftOf(change.proxy))
      return 'saved'
    })

  return (
    <Form className={styles['form']} onSubmit={() => void save()}>
      <Modes mode={mode} onChange={choose} />
      {mode === 'manual' && (
        <>
          <ProxyFields draft={draft} wrong={wrong} saved={{ proxy, passwordState }} onEdit={edit} />
          <div className={styles['actions']}>
            <Button type="submit" variant="primary" inactive={result === 'testing'}>
              {t('app.save')}
            </Button>
            <Button inactive={result === 'testing'} onClick={() => void withDraft(onTest)}>
              {t('proxy.test')}
            </Button>
            <span role="status" className={styles['result']} data-result={result ?? undefined}>
              {result !== null && t(`proxy.result.${result}`)}
            </span>
          </div>
        </>
      )}
      <p className={styles['hint']}>{t('proxy.previews')}</p>
    </Form>
  )
}

function Modes({ mode, onChange }: { mode: Proxy['mode']; onChange: (mode: Proxy['mode']) => void }) {
  const { t } = useTranslation()
  const name = useId()
  return (
    <fieldset className={styles['modes']}>
      <legend className={styles['legend']}>{t('proxy.title')}</legend>
      {MODES.map((each) => (
        <label key={each} className={styles['mode']}>
          <input type="radio" name={name} checked={each === mode} onChange={() => onChange(each)} />
          <span>{t(`proxy.mode.${each}`)}</span>
        </label>
      ))}
    </fieldset>
  )
}

interface ProxyFieldsProps {
  draft: ProxyDraft
  wrong: ReadonlySet<ProxyField>
  saved: { proxy: Proxy; passwordState: ProxyPasswordState }
  onEdit: (patch: Partial<ProxyDraft>) => void
}

function ProxyFields({ draft, wrong, saved, onEdit }: ProxyFieldsProps) {
  const { t } = useTranslation()
  const errorOf = (field: ProxyField): string | null => (wrong.has(field) ? t(`proxy.wrong.${field}`) : null)
  // What is typed is read from left to right in every language.
  const plain = { dir: 'ltr', autoComplete: 'off', autoCapitalize: 'off', spellCheck: false } as const
  const typed = readDraft(draft)
  const isSaved = 'proxy' in typed && isSameProxy(typed.proxy, saved.proxy)
  const kept = isSaved ? saved.passwordState : 'none'
  return (
    <>
      <label className={styles['kind']}>
        {t('proxy.kind')}
        <select
          className={styles['select']}
          value={draft.kind}
          onChange={({ target }) => onEdit({ kind: target.value === 'socks5' ? 'socks5' : 'http' })}
        >
          <option value="http">{t('proxy.http')}</option>
          <option value="socks5">{t('proxy.socks5')}</option>
        </select>
      </label>
      <div className={styles['row']}>
        <TextField
          {...plain}
          label={t('proxy.host')}
          placeholder="proxy.example.org"
          className={styles['host']}
          value={draft.host}
          error={errorOf('host')}
          onValueChange={(host) => onEdit({ host })}
        />
        <TextField
          {...plain}
          label={t('proxy.port')}
          inputMode="numeric"
          placeholder="3128"
          className={styles['port']}
          value={draft.port}
          error={errorOf('port')}
          onValueChange={(port) => onEdit({ port })}
        />
      </div>
      {draft.kind === 'socks5' ? (
        <p className={styles['hint']}>{t('proxy.socksHint')}</p>
      ) : (
        <div className={styles['row']}>
          <TextField
            {...plain}
            label={t('proxy.user')}
            className={styles['host']}
            value={draft.user}
            error={errorOf('user')}
            hint={t('proxy.userHint')}
            onValueChange={(user) => onEdit({ user })}
          />
          <TextField
            {...plain}
            label={t('proxy.password')}
            type="password"
            className={styles['host']}
            value={draft.password}
            placeholder={kept === 'none' ? '' : t('proxy.kept')}
            error={errorOf('password')}
            hint={t(kept === 'memory' ? 'proxy.passwordMemory' : 'proxy.passwordHint')}
            onValueChange={(password) => onEdit({ password })}
          />
        </div>
      )}
    </>
  )
}

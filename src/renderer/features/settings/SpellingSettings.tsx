import X from 'lucide-react/icons/x'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Spelling } from '#shared/bridge/desk.ts'
import { MAX_SPELLCHECK_LANGUAGES } from '#shared/settings.ts'
import { useServices } from '../../services/use-services.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Select } from '../../ui/Select.tsx'
import { Switch } from '../../ui/Switch.tsx'
import styles from './SpellingSettings.module.css'
import { useLoaded } from './storage/use-loaded.ts'
import { useSettings } from './use-settings.ts'

export function SpellingSettings() {
  const { t } = useTranslation()
  const { app } = useServices()
  const [{ spellcheck }, update] = useSettings()
  return (
    <>
      <Switch
        label={t('settings.spellcheck')}
        hint={t(app.platform === 'darwin' ? 'settings.spellcheckHintMac' : 'settings.spellcheckHint')}
        checked={spellcheck}
        onChange={(next) => update({ spellcheck: next })}
      />
      {spellcheck && app.platform !== 'darwin' && <Languages />}
    </>
  )
}

function Languages() {
  const { t, i18n } = useTranslation()
  const [{ spellcheckLanguages: chosen }, update] = useSettings()
  const spelling = useSpelling(chosen)
  if (spelling === null) return null
  const names = new Intl.DisplayNames(i18n.language, { type: 'language' })
  const nameOf = (language: string): string => names.of(language) ?? language
  const others = spelling.available
    .filter((language) => !chosen.includes(language))
    .toSorted((a, b) => nameOf(a).localeCompare(nameOf(b), i18n.language))
  const set = (spellcheckLanguages: string[]): void => update({ spellcheckLanguages })
  return (
    <section className={styles['languages']} aria-label={t('settings.spellcheckLanguages')}>
      {chosen.length === 0 && <p className={styles['system']}>{systemText()}</p>}
      <ul>
        {chosen.map((language) => (
          <li key={language} className={styles['language']}>
            <span>{nameOf(language)}</span>
            <IconButton
              label={t('settings.spellcheckRemove', { language: nameOf(language) })}
              onClick={() => set(chosen.filter((other) => other !== language))}
            >
              <X size={16} aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
      {chosen.length < MAX_SPELLCHECK_LANGUAGES && (
        <Select
          label={t('settings.spellcheckAdd')}
          value=""
          options={[
            { value: '', label: t('settings.spellcheckChoose') },
            ...others.map((language) => ({ value: language, label: nameOf(language) })),
          ]}
          onChange={(language) => language !== '' && set([...chosen, language])}
        />
      )}
    </section>
  )

  function systemText(): string {
    const used = spelling?.used ?? []
    if (used.length === 0) return t('settings.spellcheckNone')
    const languages = new Intl.ListFormat(i18n.language).format(used.map(nameOf))
    return t('settings.spellcheckSystem', { languages })
  }
}

/** Read again when the chosen languages change. */
function useSpelling(chosen: readonly string[]): Spelling | null {
  const { app } = useServices()
  const load = useCallback(async () => ({ chosen, ...(await app.readSpelling()) }), [app, chosen])
  return useLoaded(load).value
}

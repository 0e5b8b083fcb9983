import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { displayName } from '#shared/domain/display-text.ts'
import { ABOUT_LIMIT, NAME_LIMIT } from '#shared/domain/person.ts'
import { TextField } from './TextField.tsx'
import { errorKey } from './use-show-error.ts'

interface Profile {
  displayName: string
  about: string
}

export interface ProfileForm {
  /** As typed, not trimmed. */
  profile: Profile
  error: string | null
  busy: boolean
  change: (patch: Partial<Profile>) => void
  submit: () => void
  fail: (error: unknown) => void
}

/**
 * Form state for the person's own name and about text. Validates before saving and ignores further submits while saving.
 * After a successful save it stays busy: the caller must unmount the form.
 */
export function useProfileForm(initial: Profile, save: (profile: Profile) => Promise<void>): ProfileForm {
  const { t } = useTranslation()
  const [profile, setProfile] = useState(initial)
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  const fail = (failure: unknown): void => {
    setError(t(errorKey(failure)))
    setBusy(false)
  }
  const submit = (): void => {
    if (busy) return
    if (displayName(profile.displayName, NAME_LIMIT) === '') {
      setError(t('profile.nameMissing'))
      return
    }
    setBusy(true)
    save({ displayName: profile.displayName.trim(), about: profile.about.trim() }).catch(fail)
  }
  const change = (patch: Partial<Profile>): void => {
    if (patch.displayName !== undefined) setError(null)
    setProfile({ ...profile, ...patch })
  }
  return { profile, error, busy, change, submit, fail }
}

export function NameField({ form }: { form: ProfileForm }) {
  const { t } = useTranslation()
  return (
    <TextField
      label={t('profile.name')}
      autoFocus
      autoComplete="name"
      dir="auto"
      maxLength={NAME_LIMIT}
      value={form.profile.displayName}
      error={form.error}
      onValueChange={(value) => form.change({ displayName: value })}
    />
  )
}

export function ProfileFields({ form }: { form: ProfileForm }) {
  const { t } = useTranslation()
  return (
    <>
      <NameField form={form} />
      <TextField
        label={t('profile.about')}
        hint={t('profile.aboutHint')}
        dir="auto"
        maxLength={ABOUT_LIMIT}
        value={form.profile.about}
        onValueChange={(about) => form.change({ about })}
      />
    </>
  )
}

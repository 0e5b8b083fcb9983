import type { TFunction } from 'i18next'
import { Suspense, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import { fromMarkedText, toMarkedText } from '#shared/messages/mentions.ts'
import type { AttachmentsService } from '../../../services/services.ts'
import { useServices } from '../../../services/use-services.ts'
import { waitingEntries, type StagedEntry, type Staging } from '../../../stores/staging.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { lazyPart } from '../../../ui/lazy-part.ts'
import { useShowError } from '../../../ui/use-show-error.ts'
import { composerState } from '../composer-text.ts'
import type { Draft } from '../mention-draft.ts'
import { CaptionField } from './CaptionField.tsx'
import { FileDrop } from './FileDrop.tsx'
import { RefusedFiles } from './RefusedFiles.tsx'
import { movedTo, withCaption, withEdit, withoutEntry, kindOfAll } from './staged-changes.ts'
import { StagedGrid } from './StagedGrid.tsx'
import { StagedOptions } from './StagedOptions.tsx'
import { StagedTools } from './StagedTools.tsx'
import { StagingActions } from './StagingActions.tsx'
import styles from './StagingSheet.module.css'
import { useAttach } from './use-attach.ts'

const CropDialog = lazyPart(async () => (await import('./CropDialog.tsx')).CropDialog)

interface StagingSheetProps {
  chatId: ChatId
  me: UserId
  staging: Staging
  /** The text of the composer. It is the caption of all that is sent. */
  draft: Draft
  onDraft: (draft: Draft) => void
  onSend: () => void
}

/** Shows what is about to be sent. Closing it sends nothing and loses nothing. */
export function StagingSheet({ chatId, me, staging, draft, onDraft, onSend }: StagingSheetProps) {
  const { t } = useTranslation()
  const { attachments } = useServices()
  const showError = useShowError()
  const attach = useAttach(chatId)
  const [selectedId, setSelectedId] = useState<string | null>(null)
  const sheet = useRef<HTMLDivElement>(null)
  const captionField = useRef<HTMLTextAreaElement>(null)
  const [cropping, setCropping] = useState(false)
  const entries = waitingEntries(staging)
  const selected = entries.find(({ id }) => id === selectedId)
  const item = selected?.item ?? null

  const call = (use: (service: AttachmentsService) => void): void => void attachments().then(use, showError)
  const change = (by: (before: readonly StagedEntry[]) => readonly StagedEntry[]): void =>
    call((service) => service.change(chatId, by))
  const close = (): void => call((service) => service.hide(chatId))

  const setCaption = (caption: Draft): void => {
    if (item === null) onDraft(caption)
    else change(withCaption(item.id, toMarkedText(caption)))
  }
  const canSend =
    entries.length > 0 &&
    entries.every((entry) => entry.item !== null) &&
    [draft.text, ...entries.map((entry) => fromMarkedText(entry.item?.caption ?? '').text)].every(fits)
  const send = (): void => {
    if (canSend) onSend()
  }

  return (
    <Dialog
      open
      onClose={close}
      title={titleOf(t, entries)}
      closeLabel={t('app.close')}
      initialFocus={captionField}
    >
      <div ref={sheet} className={styles['sheet']}>
        <FileDrop area={sheet} label={t('attach.dropMore')} onDrop={attach} />
        <RefusedFiles refused={staging.refused} />
        <StagedGrid
          entries={entries}
          selectedId={selected?.id ?? null}
          onSelect={(id) => setSelectedId(id === selectedId ? null : id)}
          onMove={(id, to) => change(movedTo(id, to))}
          onRemove={(id) => change(withoutEntry(id))}
        />
        {selected !== undefined && item !== null && (
          <StagedTools
            item={item}
            place={entries.indexOf(selected)}
            count={entries.length}
            onChange={change}
            onCrop={() => setCropping(true)}
          />
        )}
        {entries.length > 0 && (
          <>
            <CaptionField
              key={item?.id}
              field={captionField}
              chatId={chatId}
              me={me}
              label={captionLabel(t, entries, selected)}
              initial={item === null ? draft : fromMarkedText(item.caption)}
              onChange={setCaption}
              onSend={send}
            />
            <StagedOptions entries={entries} onChange={change} />
          </>
        )}
        <StagingActions
          chatId={chatId}
          isEmpty={entries.length === 0}
          canSend={canSend}
          onAdd={attach}
          onSend={send}
          onClose={close}
        />
      </div>
      <Suspense fallback={null}>
        {cropping && item !== null && (
          <CropDialog
            item={item}
            onClose={() => setCropping(false)}
            onCrop={(edit) => change(withEdit(item.id, edit))}
          />
        )}
      </Suspense>
    </Dialog>
  )
}

function titleOf(t: TFunction, entries: readonly StagedEntry[]): string {
  const count = entries.length
  return count === 0 ? t('attach.nothing') : t(`attach.title.${kindOfAll(entries)}`, { count })
}

/** Without a selected item, the caption belongs to all. */
function captionLabel(
  t: TFunction,
  entries: readonly StagedEntry[],
  selected: StagedEntry | undefined,
): string {
  if (entries.length === 1) return t('attach.caption')
  if (selected === undefined) return t('attach.captionAll')
  return t('attach.captionOne', { n: entries.indexOf(selected) + 1 })
}

const fits = (text: string): boolean => (composerState(text).left ?? 0) >= 0

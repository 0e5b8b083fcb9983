import Camera from 'lucide-react/icons/camera'
import FileText from 'lucide-react/icons/file-text'
import Image from 'lucide-react/icons/image'
import Plus from 'lucide-react/icons/plus'
import { memo, Suspense, useImperativeHandle, useRef, useState, type ChangeEvent, type Ref } from 'react'
import { useTranslation } from 'react-i18next'
import type { DroppedFile } from '../../../ui/dropped-files.ts'
import { lazyPart } from '../../../ui/lazy-part.ts'
import { MenuButton } from '../../../ui/MenuButton.tsx'
import { shortcuts } from '../../../ui/shortcuts.ts'

const CameraDialog = lazyPart(async () => (await import('./CameraDialog.tsx')).CameraDialog)

export interface AttachButtonHandle {
  /** Opens the system's dialog for photos and videos. Call it during a click or key press. */
  pick(): void
}

interface AttachButtonProps {
  ref: Ref<AttachButtonHandle>
  onPick: (files: readonly DroppedFile[]) => void
}

/** The button for everything that can be sent besides text. Memoized: the composer renders for every key. */
export const AttachButton = memo(function AttachButton({ ref, onPick }: AttachButtonProps) {
  const { t } = useTranslation()
  const pictures = useRef<HTMLInputElement>(null)
  const files = useRef<HTMLInputElement>(null)
  const [takingPhoto, setTakingPhoto] = useState(false)
  useImperativeHandle(ref, () => ({ pick: () => pictures.current?.click() }))

  const onChange = ({ currentTarget }: ChangeEvent<HTMLInputElement>): void => {
    onPick([...(currentTarget.files ?? [])].map((file) => ({ file, isFolder: false })))
    // The same file can be picked again.
    currentTarget.value = ''
  }
  return (
    <>
      <MenuButton
        label={t('attach.button')}
        shortcut={shortcuts.attach.keys}
        size="l"
        side="top"
        entries={[
          {
            kind: 'item',
            label: t('attach.picture'),
            icon: <Image size={16} />,
            onSelect: () => pictures.current?.click(),
          },
          {
            kind: 'item',
            label: t('attach.file'),
            icon: <FileText size={16} />,
            onSelect: () => files.current?.click(),
          },
          {
            kind: 'item',
            label: t('attach.camera'),
            icon: <Camera size={16} />,
            onSelect: () => setTakingPhoto(true),
          },
        ]}
      >
        <Plus size={20} aria-hidden />
      </MenuButton>
      <input
        ref={pictures}
        type="file"
        multiple
        hidden
        accept="image/*,video/*"
        data-pick="pictures"
        onChange={onChange}
      />
      <input ref={files} type="file" multiple hidden data-pick="files" onChange={onChange} />
      <Suspense fallback={null}>
        {takingPhoto && (
          <CameraDialog
            onPhoto={(file) => onPick([{ file, isFolder: false }])}
            onClose={() => setTakingPhoto(false)}
          />
        )}
      </Suspense>
    </>
  )
})

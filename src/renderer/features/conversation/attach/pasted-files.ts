import { filesOf, type DroppedFile } from '../../../ui/dropped-files.ts'

/** The name that Chromium gives a picture that was copied as pixels. */
const COPIED_PICTURE = 'image.png'

/**
 * Returns the files that a paste stages. Office programs copy a text together with a picture of it; then the text is meant. A copied
 * file comes with its path as text; then the file is meant.
 */
export function pastedFiles(data: DataTransfer): DroppedFile[] {
  const files = filesOf(data)
  const isPictureOfText =
    data.getData('text/plain') !== '' && files.every(({ file }) => file.name === COPIED_PICTURE)
  return isPictureOfText ? [] : files
}

/** A file, or a folder: the page cannot read a folder. */
export interface DroppedFile {
  file: File
  isFolder: boolean
}

/** Whether files are dragged, and not text or a link. */
export function hasFiles(data: DataTransfer | null): data is DataTransfer {
  return data?.types.includes('Files') === true
}

/** Returns what was dropped or pasted. Call it during the event: the data are gone afterwards. */
export function filesOf(data: DataTransfer): DroppedFile[] {
  return [...data.items].flatMap((item) => {
    const file = item.kind === 'file' ? item.getAsFile() : null
    return file === null ? [] : { file, isFolder: item.webkitGetAsEntry()?.isDirectory === true }
  })
}

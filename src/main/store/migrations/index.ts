import { first } from './0001-first.ts'
import { writtenAfter } from './0002-written-after.ts'
import { flagsChanged } from './0003-flags-changed.ts'
import { rawBodies } from './0004-raw-bodies.ts'
import { groups } from './0006-groups.ts'
import { revisions } from './0005-revisions.ts'
import { mentions } from './0007-mentions.ts'
import { files } from './0008-files.ts'
import { contents } from './0009-contents.ts'
import { voice } from './0010-voice.ts'
import { photos } from './0011-photos.ts'
import { traffic } from './0012-traffic.ts'
import { deletions } from './0013-deletions.ts'
import { chatSounds } from './0014-chat-sounds.ts'

/**
 * The registry of migrations, in their order. The file's `user_version` is the number of migrations that it has run, so a new
 * one goes to the end, and a released one never changes.
 */
export const migrations: readonly string[] = [
  first,
  writtenAfter,
  flagsChanged,
  rawBodies,
  revisions,
  groups,
  mentions,
  files,
  contents,
  voice,
  photos,
  traffic,
  deletions,
  chatSounds,
]

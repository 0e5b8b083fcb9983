import { describe, expect, test } from 'vitest'
import { importProblem, mayReadBridge, nameProblem } from './layers.ts'

const features = 'src/renderer/features'

describe('importProblem', () => {
  test.each([
    [`${features}/chats/ChatList.tsx`, '../../services/services.ts'],
    [`${features}/chats/ChatList.tsx`, '../../stores/app-store.ts'],
    [`${features}/chats/ChatList.tsx`, '../../ui/Avatar.tsx'],
    [`${features}/chats/ChatList.tsx`, './ChatRow.tsx'],
    [`${features}/chats/row/ChatRow.tsx`, '../use-chats.ts'],
    [`${features}/chats/ChatList.tsx`, '#shared/domain/chat.ts'],
    [`${features}/chats/ChatList.tsx`, 'react'],
    ['src/renderer/services/sync/sync.ts', '../../data/chat-repository.ts'],
    ['src/renderer/services/sync/sync.ts', '../../platform/bridge.ts'],
    ['src/renderer/data/client.ts', 'firebase/auth'],
    ['src/renderer/app/App.tsx', '../features/chats/ChatList.tsx'],
    ['src/renderer/main.ts', './services/session.ts'],
    ['src/renderer/ui/Mark.tsx', '../../../assets/icon.svg?raw'],
    ['src/main/bridge/ipc.ts', 'electron'],
    ['src/main/network/tunnel.ts', 'node:net'],
    ['src/main/links/preview/web-request.ts', 'node:https'],
    ['src/main/media/upload.test.ts', 'node:http'],
    ['src/main/store/database.ts', 'node:sqlite'],
    ['src/shared/bridge/index.ts', 'zod'],
    ['src/shared/domain/chat.ts', './ids.ts'],
    ['src/renderer/ui/avatar.test.ts', 'node:fs'],
    ['src/renderer/services/sync.test.ts', '#shared/domain/test-data.ts'],
    ['src/main/store/fixtures/harness.ts', '#shared/domain/test-data.ts'],
    ['bench/store.ts', '#shared/domain/test-data.ts'],
    ['tests/e2e/chat.spec.ts', 'firebase/firestore'],
    ['functions/src/index.ts', '../../src/shared/push.ts'],
    ['functions/src/index.ts', 'firebase-admin/app'],
  ])('%s may import %s', (file, specifier) => {
    expect(importProblem(file, specifier)).toBeUndefined()
  })

  test.each([
    [`${features}/chats/ChatList.tsx`, '../../data/chat-repository.ts'],
    [`${features}/chats/ChatList.tsx`, '../../platform/bridge.ts'],
    [`${features}/chats/ChatList.tsx`, '../../app/App.tsx'],
    [`${features}/chats/ChatList.tsx`, '../settings/Settings.tsx'],
    [`${features}/chats/ChatList.tsx`, 'firebase/firestore'],
    ['functions/src/index.ts', '../../src/main/log/log.ts'],
    ['functions/src/index.ts', 'firebase/app'],
    ['src/renderer/app/App.tsx', 'firebase/app'],
    ['src/renderer/services/sync/sync.ts', '@firebase/util'],
    ['src/renderer/services/sync/sync.ts', '../../features/chats/use-chats.ts'],
    ['src/renderer/data/client.ts', '../stores/app-store.ts'],
    ['src/renderer/data/client.ts', 'react'],
    ['src/renderer/stores/app-store.ts', '../services/services.ts'],
    ['src/renderer/ui/Avatar.tsx', '../stores/app-store.ts'],
    ['src/renderer/main.ts', '../main/index.ts'],
    ['src/renderer/services/sync/sync.ts', 'node:fs'],
    ['src/renderer/services/sync/sync.ts', 'electron'],
    ['src/main/push/registration.ts', 'node:https'],
    ['src/main/updates/updates.ts', 'node:net'],
    ['src/main/index.ts', '../renderer/main.ts'],
    ['src/main/index.ts', '../preload/index.ts'],
    ['src/main/index.ts', 'firebase/app'],
    ['src/preload/index.ts', 'node:fs'],
    ['src/shared/bridge/index.ts', 'electron'],
    ['src/shared/bridge/index.ts', 'node:path'],
    ['src/shared/bridge/index.ts', '../../main/index.ts'],
    ['src/shared/bridge/index.ts', 'react-i18next'],
    ['src/renderer/services/sync/sync.ts', '#shared/domain/test-data.ts'],
    ['src/shared/domain/chat.ts', './test-data.ts'],
  ])('%s may not import %s', (file, specifier) => {
    expect(importProblem(file, specifier)).toBeTypeOf('string')
  })
})

test('allows guarded names only in their own place', () => {
  expect(nameProblem('src/main/bridge/ipc.ts', 'ipcMain')).toBeUndefined()
  expect(nameProblem('src/main/index.ts', 'ipcMain')).toContain('src/main/bridge/ipc.ts')
  expect(nameProblem('src/renderer/platform/bridge.ts', 'BRIDGE_KEY')).toBeUndefined()
  expect(nameProblem('src/renderer/services/sync/sync.ts', 'BRIDGE_KEY')).toBeTypeOf('string')
  expect(nameProblem('src/main/index.ts', 'constructor')).toBeUndefined()
  expect(mayReadBridge('src/renderer/platform/bridge.ts')).toBe(true)
  expect(mayReadBridge('src/renderer/services/sync/sync.ts')).toBe(false)
})

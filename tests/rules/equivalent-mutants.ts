/*
 * Mutants of the rules that behave like the rules at every possible request, by their blocks and description, with the reason. No case can kill
 * them. `npm run mutate:rules` counts them apart, and fails when a case does kill one: then the reason is wrong.
 */
export const equivalentMutants: Readonly<Record<string, string>> = {
  'users/{uid}/private/{name} chats/{chatId} chats/{chatId}/messages/{messageId} · existsAfter in exists(/databases/$(database)/documents/users/$(uid)/contacts/$(reque…':
    'Only the person who is added to a group writes these contacts, and nobody adds themselves, so no allowed batch changes them.',
  'chats/{chatId} chats/{chatId}/messages/{messageId} · getAfter in get(settingsPath(uid))':
    'Only the person who is added to a group writes these settings, and nobody adds themselves, so no allowed batch changes them.',
  'chats/{chatId}/requests/{uid} · getAfter in get(invitePath(request.resource.data.code))':
    'Only an admin, or someone whose batch deletes their request, changes a link. Neither may write a request in the same batch.',
}

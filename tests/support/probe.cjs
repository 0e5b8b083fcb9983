/*
 * Loaded before the app's main, both on the real Electron and on the host. Records what the operating system would show,
 * with public API and patched prototypes only. launch.ts reads the record; its type is Probe there.
 */
const { app, BrowserWindow, dialog, globalShortcut, Menu, Notification, shell, Tray } = require('electron')

const probe = {
  trays: [],
  notifications: [],
  links: [],
  paths: [],
  errors: [],
  isFlashing: false,
  flashes: 0,
  progress: [],
  shortcuts: {},
  contextMenu: null,
}
globalThis.perchProbe = probe

/** Calls `record` with the same arguments before each call of the method. */
function observe(object, name, record) {
  const method = object[name]
  object[name] = function (...args) {
    record.apply(this, args)
    return method?.apply(this, args)
  }
}

function trayOf(tray) {
  let entry = probe.trays.find((other) => other.tray === tray)
  if (!entry) probe.trays.push((entry = { tray, menu: null, tooltip: '' }))
  return entry
}
observe(Tray.prototype, 'setContextMenu', function (menu) {
  trayOf(this).menu = menu
})
observe(Tray.prototype, 'setToolTip', function (text) {
  trayOf(this).tooltip = text
})
observe(Tray.prototype, 'setImage', function (image) {
  trayOf(this).image = typeof image === 'string' ? image : image.toDataURL()
})
observe(Tray.prototype, 'destroy', function () {
  probe.trays = probe.trays.filter((entry) => entry.tray !== this)
})
observe(Notification.prototype, 'show', function () {
  probe.notifications.push({ notification: this, open: true })
})
observe(Notification.prototype, 'close', function () {
  for (const entry of probe.notifications) if (entry.notification === this) entry.open = false
})
observe(BrowserWindow.prototype, 'flashFrame', (flash) => {
  if (flash) probe.flashes += 1
  probe.isFlashing = flash
})
observe(BrowserWindow.prototype, 'setProgressBar', (value, { mode } = {}) => {
  probe.progress.push({ value, mode })
})
const { register, unregister } = globalShortcut
globalShortcut.register = (accelerator, callback) => {
  const registered = register.call(globalShortcut, accelerator, callback)
  if (registered) probe.shortcuts[accelerator] = callback
  return registered
}
globalShortcut.unregister = (accelerator) => {
  delete probe.shortcuts[accelerator]
  unregister.call(globalShortcut, accelerator)
}
// A real menu would stay open until somebody clicks.
Menu.prototype.popup = function () {
  probe.contextMenu = this
}
shell.openExternal = async (url) => {
  probe.links.push(url)
}
shell.openPath = async (path) => {
  probe.paths.push(path)
  return ''
}
dialog.showErrorBox = (title, content) => {
  probe.errors.push(`${title}: ${content}`)
}
process.on('unhandledRejection', (reason) =>
  probe.errors.push(`unhandled rejection: ${reason?.stack ?? reason}`),
)
app.on('render-process-gone', (_event, _contents, { reason }) =>
  probe.errors.push(`renderer gone: ${reason}`),
)

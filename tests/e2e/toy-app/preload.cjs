const { contextBridge, ipcRenderer } = require('electron')

contextBridge.exposeInMainWorld('toy', {
  call: (name, value) => ipcRenderer.invoke(name, value),
  echo: (value) => ipcRenderer.invoke('echo', value),
  listen: (listener) => {
    ipcRenderer.on('event', (_event, value) => listener(value))
    ipcRenderer.send('listening')
  },
})

/* The colour emoji for Linux, where not every system has them. The browser fetches only the slices that a text needs. */
import '@infolektuell/noto-color-emoji/index.css'
import './emoji-font.css'

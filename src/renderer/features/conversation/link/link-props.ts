import type { AnchorHTMLAttributes, MouseEvent } from 'react'

/** What makes an `<a>` open its URL the way links do: by `onLink`, with any button but the one for menus. */
export function linkProps(
  url: string,
  onLink: (url: string) => void,
): AnchorHTMLAttributes<HTMLAnchorElement> {
  const open = (event: MouseEvent): void => {
    event.preventDefault()
    if (event.button < 2) onLink(url)
  }
  return { href: url, title: url, rel: 'noreferrer', onClick: open, onAuxClick: open }
}

declare global {
  interface Window {
    /** The policy of the page allows no worker without it. TypeScript does not know it yet; it has strings for trusted URLs. */
    trustedTypes?: {
      createPolicy(
        name: string,
        rules: { createScriptURL: (url: string) => string },
      ): {
        createScriptURL(url: string): string
      }
    }
  }
}

/** Trusts the URL of a worker of this build. The policy that is made for it trusts no other. */
export function trustedWorkerUrl(policyName: string, url: string): string {
  const policy = window.trustedTypes?.createPolicy(policyName, {
    createScriptURL(wanted) {
      if (wanted !== url) throw new Error('not the worker')
      return wanted
    },
  })
  return policy?.createScriptURL(url) ?? url
}

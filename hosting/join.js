// Opens the app with the invite in the fragment. Browsers do not send the fragment, so the server never learns the code.
const [, invite] = /^#([A-Za-z0-9]{20}\/[0-9a-f]{32})$/.exec(location.hash) ?? []
if (invite !== undefined) {
  const link = `perch://join/${invite}`
  document.getElementById('open').href = link
  document.getElementById('valid').hidden = false
  document.getElementById('invalid').hidden = true
  location.href = link
}

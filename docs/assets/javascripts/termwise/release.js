// Whether the page is still that of the server: after a release it may ask for files that are gone.

/** Whether the server has this page by now with another worker or bundle than it names here. */
export async function isReplaced({ runtime, bundle }) {
  const page = await fetch(location.pathname, { cache: "no-cache" })
    .then((response) => (response.ok ? response.text() : ""))
    .catch(() => "");
  const names = (attribute, value = "") => page.includes(`data-${attribute}="${value}`);
  if (!names("runtime")) return false; // nothing, or the login page of a network in between
  return !names("runtime", `${runtime}"`) || !names("bundle", `${bundle}"`);
}

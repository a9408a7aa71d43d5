// Puts a link for a JupyterHub together from what is typed. Nothing is stored, sent or opened. Without this file the
// page says how it is done by hand.
{
  const form = document.querySelector(".link-maker");
  const field = (name) => form.elements[name];
  const said = (text) => (form.querySelector(".link-status").textContent = text);

  // The address of a web page, or null; a password in it would be handed out with the link.
  const webAddress = (text) => {
    try {
      const address = new URL(text);
      return /^https?:$/.test(address.protocol) && !address.username && !address.password ? address : null;
    } catch {
      return null;
    }
  };

  // A teacher may paste the address of any page of the hub: what comes before /hub/ or /user/ is the hub's own.
  const hubOf = (address) => address.origin + address.pathname.replace(/\/(hub|user)(\/.*)?$/, "").replace(/\/+$/, "");

  const link = () => {
    const hub = webAddress(field("hub").value.trim());
    if (!hub) return [null, form.dataset.noHub];
    const address = webAddress(field("repository").value.trim());
    const repository = address && address.origin + address.pathname.replace(/\/+$/, "");
    const folder = repository?.match(/[^/]\/([\w.-]+?)(\.git)?$/)?.[1];
    if (!folder) return [null, form.dataset.noRepository];
    const parts = {
      repo: repository,
      branch: field("branch").value.trim() || "main",
      targetPath: folder,
      urlpath: `lab/tree/${folder}/notebooks/${field("lab").value}`,
    };
    const query = Object.entries(parts).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    return [`${hubOf(hub)}/hub/user-redirect/git-pull?${query.join("&")}`, ""];
  };

  const write = () => {
    const [made, missing] = link();
    field("link").value = made ?? "";
    field("copy").disabled = !made;
    said(missing);
  };

  form.addEventListener("input", write);
  field("copy").addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field("link").value);
      said(form.dataset.copied);
    } catch {
      field("link").select();
      said(form.dataset.selected);
    }
  });
  form.hidden = false;
  write();
}

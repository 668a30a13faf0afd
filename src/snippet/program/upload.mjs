⟦?policy⟧
  const asked = await ⟦call⟧⟦upload url⟧, { signal: AbortSignal.timeout(60_000) });
  const policy = pick(asked.answer, ⟦wraps⟧) ?? asked.answer;
  const given = (member, otherwise) => pick(policy, member) ?? otherwise;
  const [store, folder] = [given("upload_host", ""), given("upload_dir", "")];
  if (!store || !folder) stop(`No upload of ${path}: ${explain(asked)}`);
  const place = `${folder.replace(/\/+$/, "")}/${name}`;
  const form = new FormData();⟦parts⟧
  form.append("file", new Blob([bytes], { type }), name);
  // The store takes the policy in place of the key.
  const url = store.includes("://") ? store : `https://${store}`;
  const post = { method: "POST", body: form, redirect: "error", credentials: "omit" };
  const sent = await fetch(url, post).catch((error) => stop(`No upload of ${path}: ${error.cause ?? error}`));
  if (![200, 201, 204].includes(sent.status)) {
    stop(`No upload of ${path}: HTTP ${sent.status} ${(await sent.text()).slice(0, 300)}`);
  }
  return `oss://${place}`;
⟦/⟧
⟦?undocumented⟧
  // No public document of the gateway describes this call.
⟦/⟧
⟦?form⟧
  const form = new FormData();⟦parts⟧
  form.append("file", new Blob([bytes], { type }), name);
  const sent = await ⟦call⟧⟦upload url⟧, { method: "POST", body: form });
  const link = pick(sent.answer, ⟦answer⟧);
  if (!String(link).startsWith("https://")) stop(`No upload of ${path}: ${explain(sent)}`);
  return link;
⟦/⟧
